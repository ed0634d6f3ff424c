package io.outrider.launcher.serializers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.Loan;
import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteObject;
import io.outrider.api.RemoteStream;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.OutriderException;
import io.outrider.error.RemoteCallException;
import io.outrider.error.SerializationException;
import io.outrider.launcher.serializers.Archive.Chain;
import io.outrider.launcher.serializers.Archive.Counter;
import io.outrider.launcher.serializers.Archive.Holder;
import io.outrider.launcher.serializers.Archive.Lost;
import io.outrider.launcher.serializers.Archive.NotSerializable;
import io.outrider.launcher.serializers.Archive.Note;
import io.outrider.launcher.serializers.Archive.Refused;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.manager.Manager;
import io.outrider.manager.Managers;
import io.outrider.manager.SharedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** All that crosses, by the serializer {@code java}. */
@Timeout(60)
class JavaSerializerTest extends OnBothTransports {
    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.workers(2)
                .serializer("java")
                .serialFilter("maxdepth=60;maxarray=100000;!" + Refused.class.getName());
    }

    private RemoteObject<Archive> archive(int worker) {
        return workers().create(Archive.class, Shelves::new, ObjectOptions.DEFAULT.on(worker));
    }

    @Test
    void valuesCross() throws Exception {
        try (RemoteObject<Archive> archive = archive(0)) {
            for (Object value :
                    List.of(List.of(1, "two", 3.0), Map.of("k", Thread.State.NEW), int.class, long[].class)) {
                assertEquals(value, archive.stub().echo(value));
            }
            Note note = (Note) archive.stub().echo(new Note("t", new int[] {1, 2}));
            assertArrayEquals(new int[] {1, 2}, note.places());
            List<Integer> shared = new ArrayList<>(List.of(1));
            assertTrue(archive.stub().same(shared, shared), "what two arguments share arrives shared");
            assertFalse(archive.stub().same(shared, new ArrayList<>(shared)));
            int next = 0;
            for (var notes = archive.stub().notes(100); notes.hasNext(); next++) {
                assertEquals("n" + next, notes.next().text());
            }
            assertEquals(100, next);
            assertEquals(42, workers().submit(() -> 42).get());
            try (RemoteStream<Integer> squares =
                    workers().map(i -> i * i, List.of(2, 3).iterator(), 8)) {
                assertEquals(13, squares.next() + squares.next());
            }
        }
    }

    @Test
    void whatWasThrownArrivesAsItIs() {
        try (RemoteObject<Archive> archive = archive(0)) {
            RemoteCallException failure =
                    assertThrows(RemoteCallException.class, () -> archive.stub().fail("gone"));
            Lost lost = assertInstanceOf(Lost.class, failure.getCause());
            assertEquals("gone why", lost.getMessage() + " " + lost.note().text());
        }
    }

    @Test
    void stubsTravelNestedInAnything() {
        try (RemoteObject<Archive> one = archive(0);
                RemoteObject<Archive> two = archive(1)) {
            Counter counter = one.stub().counter();
            assertEquals(2, two.stub().addAll(Map.of("all", List.of(counter, counter))), "called by the other worker");
            Holder holder = one.stub().held();
            assertEquals(counter, holder.counters().get(0));
            assertEquals(3, holder.counters().get(1).add(1));
            assertTrue(one.stub().same(counter, holder.counters().get(0)), "at home it is the object");
            assertEquals(
                    4,
                    two.stub()
                            .addAll(Map.of(
                                    "all",
                                    List.of(two.stub().echo(holder.counters().get(0))))));
            Archive bound = two.stub();
            assertEquals("v", one.stub().apply(text -> (String) bound.echo(text), "v"), "a lambda that holds a stub");
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void whatAManagerMadeTravelsToo() {
        try (Manager manager = Managers.in(workers(), 0);
                RemoteObject<Archive> atHome = archive(0);
                RemoteObject<Archive> archive = archive(1)) {
            SharedMap<String, Integer> map = manager.map();
            Lock lock = manager.lock();
            map.merge("k", 1, Integer::sum);
            assertEquals(List.of(map, lock), archive.stub().echo(List.of(map, lock)));
            assertEquals(List.of(map, lock), atHome.stub().echo(List.of(map, lock)));
            SharedMap<String, Object> keeps = manager.map();
            keeps.put("kept", List.of(map, lock));
            List<Object> kept = (List<Object>) keeps.get("kept");
            ((Map<String, Integer>) kept.get(0)).put("live", 2);
            assertEquals(2, map.get("live"));
            assertEquals(lock, kept.get(1));
        }
    }

    @Test
    void loansChangeHandsNestedInAList() {
        try (RemoteObject<Archive> archive = archive(0)) {
            List<Loan> loans = new ArrayList<>();
            for (int i = 1; i <= 2; i++) {
                Loan loan = archive.arena().loan(1 << 12);
                loan.buffer().putLong(0, i);
                loans.add(loan);
            }
            assertEquals(3, archive.stub().sumOf(loans));
        }
    }

    @Test
    void whatCannotBeSentIsRefusedByName() {
        try (RemoteObject<Archive> archive = archive(0)) {
            refused(
                    "NotSerializable can't be sent by the serializer java",
                    () -> archive.stub().echo(List.of(new NotSerializable(1))));
            refused("it is bound to its JVM", () -> archive.stub().echo(List.of(Thread.currentThread())));
            refused(
                    "ReentrantLock can't be sent: it is bound to its JVM",
                    () -> archive.stub().echo(new ReentrantLock()));
            refused("is not serializable: declare", () -> archive.stub().echo((Callable<Integer>) () -> 1));
            refused("java.util.Optional can't be sent", () -> archive.stub().unfit());
            assertEquals("on", archive.stub().echo("on"), "the link goes on");
        }
    }

    @Test
    void theFilterRefusesOnBothSides() {
        try (RemoteObject<Archive> archive = archive(0)) {
            refused(
                    "the filter of the serializer java refuses " + Refused.class.getTypeName(),
                    () -> archive.stub().echo(new Refused(1)));
            refused(
                    "refuses " + Refused.class.getTypeName(),
                    () -> archive.stub().refused());
            refused("at depth 61", () -> archive.stub().echo(Chain.of(70)));
            refused("boolean[][] of length 100001", () -> archive.stub().echo(new boolean[100_001][]));
            assertEquals(50, ((Chain) archive.stub().echo(Chain.of(50))).links());
            assertEquals("on", archive.stub().echo("on"), "the link goes on");
        }
    }

    private static void refused(String says, Executable call) {
        OutriderException failure = assertThrows(SerializationException.class, call);
        assertTrue(failure.getMessage().contains(says), failure::getMessage);
    }
}
