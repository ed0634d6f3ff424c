package io.outrider.launcher.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Under load every reply is the right one's, each thread's order is kept, and a serial object runs one call at a time. */
@Timeout(120)
class OrderTest extends OnBothTransports {
    private static final Duration LIMIT = Duration.ofSeconds(100);
    private static final int THREADS = 8;
    private static final long CALLS = 25_000;

    @Test
    void eightThreadsOnTwoObjects() throws Exception {
        try (RemoteObject<Ledger> one = workers().create(Ledger.class, () -> new Ledger.Checking(1));
                RemoteObject<Ledger> two = workers().create(Ledger.class, () -> new Ledger.Checking(2));
                Threads threads = new Threads()) {
            for (int t = 0; t < THREADS; t++) {
                int thread = t;
                threads.start(() -> {
                    for (long number = 1; number <= CALLS; number++) {
                        boolean first = (number & 1) == 0;
                        long answer = (first ? one : two).stub().entry(thread, number);
                        if (answer != Ledger.mix(first ? 1 : 2, thread, number)) {
                            throw new AssertionError("call " + number + " of " + thread + " was answered " + answer);
                        }
                    }
                });
            }
            threads.join(LIMIT);
            assertEquals(THREADS * CALLS / 2, one.stub().calls());
            assertEquals(THREADS * CALLS / 2, two.stub().calls());
            assertEquals(1, one.stub().mostAtOnce());
            assertEquals(1, two.stub().mostAtOnce());
        }
    }

    @Test
    void callsThatWaitThatDoNotAndThatPauseTogether() throws Exception {
        mixed(workers(), 6, 4_000, new byte[0][]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void fewInFlightAndManyThreads(int maxInFlight) throws Exception {
        try (RemoteExecutor few = open(settings().maxInFlight(maxInFlight))) {
            mixed(few, 8, 1_500, new byte[0][]);
        }
    }

    @Test
    void tinyLanesUnderPressure() throws Exception {
        byte[][] payloads = {new byte[100], new byte[1_000], new byte[7_000], new byte[9_000], new byte[40_000]};
        try (RemoteExecutor tiny = open(settings().laneBytes(64 * 1024).maxPayloadBytes(1024 * 1024))) {
            mixed(tiny, 8, 1_500, payloads);
        }
    }

    /** Each thread calls two objects in all ways, its calls to each numbered, and checks every answer. */
    private static void mixed(RemoteExecutor workers, int count, int calls, byte[][] payloads) throws Exception {
        try (RemoteObject<Ledger> one = workers.create(Ledger.class, () -> new Ledger.Checking(1));
                RemoteObject<Ledger> two = workers.create(Ledger.class, () -> new Ledger.Checking(2));
                Threads threads = new Threads()) {
            for (int t = 0; t < count; t++) {
                int thread = t;
                threads.start(() -> new MixedCaller(List.of(one, two), thread, payloads).run(calls));
            }
            threads.join(LIMIT);
            assertEquals((long) count * calls, one.stub().calls() + two.stub().calls());
            assertEquals(1, one.stub().mostAtOnce());
            assertEquals(1, two.stub().mostAtOnce());
        }
    }

    private static final class MixedCaller {
        private final List<RemoteObject<Ledger>> objects;
        private final int thread;
        private final byte[][] payloads;
        private final Random random;
        private final Deque<CompletableFuture<?>> pending = new ArrayDeque<>();

        MixedCaller(List<RemoteObject<Ledger>> objects, int thread, byte[][] payloads) {
            this.objects = objects;
            this.thread = thread;
            this.payloads = payloads;
            this.random = new Random(thread);
        }

        void run(int calls) throws Exception {
            for (long number = 1; number <= calls; number++) {
                int which = random.nextInt(2);
                RemoteObject<Ledger> object = objects.get(which);
                long expected = Ledger.mix(which + 1, thread, number);
                long n = number;
                if (payloads.length > 0 && random.nextBoolean()) {
                    byte[] payload = payloads[random.nextInt(payloads.length)];
                    if (random.nextBoolean()) {
                        later(object.<byte[]>async(o -> o.entry(thread, n, payload.clone()))
                                .thenAccept(back -> check(payload, back, expected)));
                    } else {
                        check(payload, object.stub().entry(thread, n, payload.clone()), expected);
                    }
                } else if (random.nextInt(3) == 0) {
                    later(object.<Long>async(o -> o.entry(thread, n)).thenAccept(answer -> check(answer, expected)));
                } else {
                    check(object.stub().entry(thread, n), expected);
                }
                if (random.nextInt(200) == 0) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3)); // long enough for the other side to sleep
                }
            }
            for (CompletableFuture<?> each : pending) {
                Threads.get(each, LIMIT);
            }
        }

        private void later(CompletableFuture<?> future) throws Exception {
            pending.add(future);
            if (pending.size() > 20) {
                Threads.get(pending.poll(), LIMIT);
            }
        }

        private static void check(long answer, long expected) {
            assertEquals(expected, answer);
        }

        private static void check(byte[] payload, byte[] back, long expected) {
            assertEquals(payload.length, back.length);
            assertEquals((byte) expected, back[0]);
        }
    }

    @Test
    void concurrentObjectsRunAsManyAsAllowed() throws Exception {
        int n = 4;
        try (RemoteObject<Ledger> object = workers()
                        .create(Ledger.class, () -> new Ledger.Checking(1, 4), ObjectOptions.DEFAULT.concurrent(n));
                Threads threads = new Threads()) {
            List<CompletableFuture<Integer>> meeting = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                meeting.add(object.async(o -> o.meet(n))); // comes back only if all are inside at once
            }
            for (CompletableFuture<Integer> each : meeting) {
                assertTrue(Threads.get(each, LIMIT) >= 1);
            }
            for (int t = 0; t < 8; t++) {
                threads.start(() -> {
                    for (int i = 0; i < 5; i++) {
                        assertEquals(i, object.stub().slow(2, i));
                    }
                });
            }
            threads.join(LIMIT);
            assertEquals(n, object.stub().mostAtOnce(), "never more than allowed, and as many as that");
        }
    }
}
