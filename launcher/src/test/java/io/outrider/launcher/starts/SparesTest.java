package io.outrider.launcher.starts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.api.WorkerInfo;
import io.outrider.error.ClosedException;
import io.outrider.error.ConfigurationException;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.testkit.Signals;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers that are added to an executor, and those that wait for it. */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
class SparesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Something to call. */
    public interface Place {
        /** The process it is in. */
        long pid();
    }

    /** Says where it is. */
    static final class Here implements Place {
        @Override
        public long pid() {
            return ProcessHandle.current().pid();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void withoutSparesOneIsStarted(final String transport) throws Exception {
        try (RemoteExecutor workers = SmallWorkers.open(SmallWorkers.on(transport))) {
            assertEquals(1, workers.addWorker());
            assertEquals(List.of(0, 1), ids(workers));
            final long pid =
                    Threads.get(workers.submit(1, () -> ProcessHandle.current().pid()), LIMIT);
            assertEquals(workers.workers().get(1).pid(), pid);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void aSpareBecomesAWorkerAndIsReplaced(final String transport) {
        try (RemoteExecutor workers =
                SmallWorkers.open(SmallWorkers.on(transport).spares(1))) {
            final Set<Long> before = awaitChildren(2);
            assertEquals(List.of(0), ids(workers), "a spare is not among the workers");
            final int id = workers.addWorker();
            assertTrue(before.contains(workers.workers().get(1).pid()), "it was there before");
            assertEquals(0, workers.workers().get(1).objects(), "its rehearsal left nothing behind");
            try (RemoteObject<Place> object = workers.create(Place.class, Here::new, ObjectOptions.DEFAULT.on(id))) {
                assertEquals(workers.workers().get(1).pid(), object.stub().pid());
            }
            awaitChildren(3);
        }
    }

    @Test
    void aSpareGetsNoObjectsAndNoTasks() throws Exception {
        try (RemoteExecutor workers = SmallWorkers.open(SmallWorkers.on("ring").spares(1))) {
            awaitChildren(2);
            final long first = workers.workers().get(0).pid();
            for (int i = 0; i < 5; i++) {
                assertEquals(
                        first,
                        Threads.get(workers.submit(() -> ProcessHandle.current().pid()), LIMIT));
                try (RemoteObject<Place> object = workers.create(Place.class, Here::new)) {
                    assertEquals(first, object.stub().pid());
                }
            }
            final ConfigurationException none =
                    assertThrows(ConfigurationException.class, () -> workers.submit(1, () -> 1));
            assertTrue(none.getMessage().contains("there is no worker 1"), none::getMessage);
        }
    }

    @Test
    void aSpareThatDiesIsReplaced() {
        try (RemoteExecutor workers = SmallWorkers.open(SmallWorkers.on("ring").spares(1))) {
            final Set<Long> before = awaitChildren(2);
            before.remove(workers.workers().get(0).pid());
            final long spare = before.iterator().next();
            Signals.kill(spare);
            new Await(LIMIT).until("another spare", () -> {
                final Set<Long> now = children();
                return now.size() == 2 && !now.contains(spare);
            });
            final int id = workers.addWorker();
            assertNotEquals(spare, workers.workers().get(1).pid());
            assertTrue(id >= 1);
        }
    }

    @Test
    void theInitializerOfASpareGetsTheIdThatItWillHave() throws Exception {
        try (RemoteExecutor workers = SmallWorkers.open(SmallWorkers.on("ring")
                .spares(1)
                .initializer(id -> System.setProperty("outrider.test.id", Integer.toString(id))))) {
            awaitChildren(2);
            final int id = workers.addWorker();
            assertEquals(
                    Integer.toString(id),
                    Threads.get(workers.submit(id, () -> System.getProperty("outrider.test.id")), LIMIT));
        }
    }

    @Test
    void closingWhileSparesStartLeavesNone() {
        final RemoteExecutor workers = SmallWorkers.open(SmallWorkers.on("ring").spares(2));
        workers.close(); // at once: the spares have hardly begun
        assertEquals(Set.of(), children());
        assertThrows(ClosedException.class, workers::addWorker);
    }

    @Test
    void closingWhileAWorkerIsAddedLeavesNone() throws Exception {
        final RemoteExecutor workers = SmallWorkers.open(SmallWorkers.on("ring"));
        try (Threads threads = new Threads()) {
            threads.start(() -> {
                try {
                    workers.addWorker();
                } catch (final ClosedException expected) {
                    assertTrue(expected.getMessage().contains("closed"));
                }
            });
            awaitChildren(2);
            workers.close();
            threads.join(LIMIT);
        }
        assertEquals(Set.of(), children());
    }

    private static List<Integer> ids(final RemoteExecutor workers) {
        return workers.workers().stream().map(WorkerInfo::workerId).toList();
    }

    private static Set<Long> awaitChildren(final int count) {
        new Await(LIMIT).until(count + " worker processes", () -> children().size() >= count);
        return children();
    }

    private static Set<Long> children() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void closingEndsThoseThatWait() {
        final RemoteExecutor workers =
                SmallWorkers.open(SmallWorkers.on("queue").spares(1));
        awaitChildren(2);
        workers.close();
        assertFalse(children().iterator().hasNext());
    }
}
