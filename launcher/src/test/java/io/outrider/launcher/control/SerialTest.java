package io.outrider.launcher.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls of one thread to a serial object run, end and complete in one order; only what may overlap does. */
@Timeout(60)
class SerialTest extends OnBothTransports {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Notes who is inside. */
    interface Diary {
        int entry(int number) throws InterruptedException;

        List<Integer> begun();

        int mostAtOnce();

        final class Real implements Diary {
            private final List<Integer> begun = Collections.synchronizedList(new ArrayList<>());
            private int inside;
            private int most;

            @Override
            public int entry(int number) throws InterruptedException {
                begun.add(number);
                synchronized (this) {
                    most = Math.max(most, ++inside);
                }
                Thread.sleep(20);
                synchronized (this) {
                    inside--;
                }
                return number;
            }

            @Override
            public List<Integer> begun() {
                return new ArrayList<>(begun);
            }

            @Override
            public synchronized int mostAtOnce() {
                return most;
            }
        }
    }

    @Test
    void eightCallsRunEndAndCompleteInOrder() throws Exception {
        List<Integer> completed = Collections.synchronizedList(new ArrayList<>());
        List<Integer> expected = List.of(0, 1, 2, 3, 4, 5, 6, 7);
        ExecutorService one = Executors.newSingleThreadExecutor();
        try (RemoteExecutor workers = open(settings().completion(one));
                RemoteObject<Diary> diary = workers.create(Diary.class, Diary.Real::new)) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int number : expected) {
                all.add(diary.async(d -> d.entry(number)).thenAccept(completed::add));
            }
            for (CompletableFuture<Void> each : all) {
                Threads.get(each, LIMIT);
            }
            assertEquals(expected, diary.stub().begun());
            assertEquals(expected, completed);
            assertEquals(1, diary.stub().mostAtOnce());
        } finally {
            one.shutdown();
        }
    }

    @Test
    void aSerialObjectTakesTurnsAndOthersOverlap() throws Exception {
        try (RemoteObject<Patient> first = workers().create(Patient.class, Patient.Real::new);
                RemoteObject<Patient> second = workers().create(Patient.class, Patient.Real::new);
                RemoteObject<Patient> four =
                        workers().create(Patient.class, Patient.Real::new, ObjectOptions.DEFAULT.concurrent(4))) {
            assertTrue(time(first, first, first).toMillis() >= 900, "three of 300 ms take turns");
            assertTrue(time(first, second).toMillis() < 550, "two objects overlap");
            assertTrue(time(four, four, four, four).toMillis() < 850, "four of a concurrent one overlap");
        }
    }

    @SafeVarargs
    private static Duration time(RemoteObject<Patient>... objects) throws Exception {
        long beganNs = System.nanoTime();
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (RemoteObject<Patient> object : objects) {
            all.add(object.async(o -> o.sleepBlocking(300, 1)));
        }
        for (CompletableFuture<Integer> each : all) {
            Threads.get(each, LIMIT);
        }
        return Duration.ofNanos(System.nanoTime() - beganNs);
    }
}
