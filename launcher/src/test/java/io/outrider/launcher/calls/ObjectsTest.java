package io.outrider.launcher.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.api.WorkerInfo;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.CallRejectedException;
import io.outrider.error.ClosedException;
import io.outrider.error.ConfigurationException;
import io.outrider.error.OutriderException;
import io.outrider.error.RemoteCallException;
import io.outrider.launcher.support.OnBothTransports;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Objects live in workers, are made once, and are let go. */
@Timeout(60)
class ObjectsTest extends OnBothTransports {
    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.workers(2);
    }

    @Test
    void pidIsTheWorkersEveryTime() {
        try (RemoteObject<Identity> object = workers().create(Identity.class, Identity.Self::new)) {
            long pid = object.stub().pid();
            assertEquals(pid, object.stub().pid());
            assertEquals(pid, object.stub().pid());
            assertEquals(3, object.stub().calls(), "the object keeps its state");
            assertNotEquals(ProcessHandle.current().pid(), pid);
            assertEquals(workers().workers().get(object.workerId()).pid(), pid);
        }
    }

    @Test
    void constructorRunsOnceAndInTheWorker() {
        int before = Identity.constructedHere();
        try (RemoteExecutor fresh = open(settings());
                RemoteObject<Identity> object = fresh.create(Identity.class, Identity.Self::new)) {
            long pid = object.stub().pid();
            assertEquals("number 1 in " + pid, object.stub().constructed());
            assertEquals("number 1 in " + pid, object.stub().constructed());
            try (RemoteObject<Identity> second = fresh.create(Identity.class, Identity.Self.class)) {
                assertEquals("number 2 in " + pid, second.stub().constructed());
            }
        }
        assertEquals(before, Identity.constructedHere(), "none was made in the launcher");
    }

    @Test
    void objectsGoWhereTheFewestAre() {
        List<RemoteObject<Identity>> made = new ArrayList<>();
        try {
            int[] counts = new int[2];
            for (int i = 0; i < 6; i++) {
                made.add(workers().create(Identity.class, Identity.Self::new));
                counts[made.get(i).workerId()]++;
            }
            assertEquals(3, counts[0]);
            assertEquals(3, counts[1]);
            assertEquals(List.of(3, 3), objectCounts());
            made.stream().filter(each -> each.workerId() == 1).forEach(RemoteObject::close);
            assertEquals(List.of(3, 0), objectCounts());
            for (int i = 0; i < 3; i++) {
                made.add(workers().create(Identity.class, Identity.Self::new));
                assertEquals(1, made.get(made.size() - 1).workerId());
            }
        } finally {
            made.forEach(RemoteObject::close);
        }
        assertEquals(List.of(0, 0), objectCounts());
    }

    private List<Integer> objectCounts() {
        return workers().workers().stream().map(WorkerInfo::objects).toList();
    }

    @Test
    void objectsGoToTheWorkerThatIsNamed() {
        for (int i = 0; i < 3; i++) {
            try (RemoteObject<Identity> one =
                            workers().create(Identity.class, Identity.Self::new, ObjectOptions.DEFAULT.on(1));
                    RemoteObject<Identity> other =
                            workers().create(Identity.class, Identity.Self.class, ObjectOptions.DEFAULT.on(1))) {
                assertEquals(1, one.workerId());
                assertEquals(workers().workers().get(1).pid(), one.stub().pid());
                assertEquals(one.stub().pid(), other.stub().pid());
            }
        }
        OutriderException refused = assertThrows(
                OutriderException.class,
                () -> workers().create(Identity.class, Identity.Self::new, ObjectOptions.DEFAULT.on(2)));
        assertTrue(
                refused instanceof ConfigurationException || refused instanceof CallRejectedException,
                refused::toString);
        assertTrue(refused.getMessage().contains("2"), refused::getMessage);
    }

    @Test
    void whatAFactoryThrowsFailsTheCreationAlone() {
        RemoteCallException failure = assertThrows(
                RemoteCallException.class,
                () -> workers().create(Identity.class, () -> {
                    throw new IOException("no " + "luck");
                }));
        assertEquals("java.io.IOException", failure.failure().typeName());
        assertEquals("no luck", failure.failure().message());
        assertSame(IOException.class, failure.getCause().getClass());
        assertEquals(List.of(0, 0), objectCounts());

        RemoteCallException none =
                assertThrows(RemoteCallException.class, () -> workers().create(Identity.class, () -> null));
        assertTrue(none.getMessage().contains("null"), none::getMessage);
        assertEquals(List.of(0, 0), objectCounts());
        try (RemoteObject<Identity> object = workers().create(Identity.class, Identity.Self::new)) {
            assertTrue(object.stub().pid() > 0);
        }
    }

    @Test
    void stubsAnswerForThemselves() {
        try (RemoteObject<Identity> object = workers().create(Identity.class, Identity.Self::new);
                RemoteObject<Identity> other = workers().create(Identity.class, Identity.Self::new)) {
            assertSame(object.stub(), object.stub());
            assertNotSame(object.stub(), other.stub());
            assertEquals(object.stub(), object.stub());
            assertNotEquals(object.stub(), other.stub());
            assertEquals(object.stub().hashCode(), object.stub().hashCode());
            assertEquals(1, new HashSet<>(List.of(object.stub())).size());
            assertEquals(0, object.stub().calls(), "none of that reached the object");
            String text = object.stub().toString();
            assertTrue(text.contains("Identity") && text.contains("worker " + object.workerId()), text);
        }
    }

    @Test
    void aStubAfterCloseFailsAtOnceAndRunsNothingHere() {
        int calledBefore = Identity.Self.CALLED.get();
        RemoteObject<Identity> object = workers().create(Identity.class, Identity.Self::new);
        Identity stub = object.stub();
        stub.pid();
        object.close();
        object.close();
        ClosedException closed = assertThrows(ClosedException.class, stub::pid);
        assertTrue(closed.getMessage().contains("Identity"), closed::getMessage);
        assertThrows(ClosedException.class, () -> object.async(Identity::pid));
        assertThrows(ClosedException.class, () -> object.stub().calls());
        assertEquals(calledBefore, Identity.Self.CALLED.get(), "no method ran in the launcher");
    }

    @Test
    void aStubAfterTheExecutorsCloseFailsAtOnceAndRunsNothingHere() {
        int calledBefore = Identity.Self.CALLED.get();
        RemoteExecutor fresh = open(settings());
        RemoteObject<Identity> object = fresh.create(Identity.class, Identity.Self::new);
        fresh.close();
        assertThrows(ClosedException.class, () -> object.stub().pid());
        assertThrows(ClosedException.class, () -> object.async(Identity::pid));
        assertThrows(ClosedException.class, () -> fresh.create(Identity.class, Identity.Self::new));
        assertThrows(ClosedException.class, () -> fresh.submit(() -> 1));
        object.close();
        assertEquals(calledBefore, Identity.Self.CALLED.get(), "no method ran in the launcher");
    }

    @Test
    void idsAreNeverUsedAgain() {
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            try (RemoteObject<Identity> object =
                    workers().create(Identity.class, Identity.Self::new, ObjectOptions.DEFAULT.on(0))) {
                assertNotEquals(0, object.objectId());
                assertTrue(seen.add(object.objectId()), () -> "again: " + object.objectId());
            }
        }
    }
}
