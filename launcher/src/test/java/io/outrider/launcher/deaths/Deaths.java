package io.outrider.launcher.deaths;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteObject;
import io.outrider.error.DeathReport;
import io.outrider.error.WorkerDiedException;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What tests of deaths measure and check. */
final class Deaths {
    static final int KILLED = 137;

    /** Within this each call that waits must have failed. */
    static final Duration BOUND = Duration.ofSeconds(1);

    static final Duration LIMIT = Duration.ofSeconds(30);

    private Deaths() {}

    /** A call that waits for a worker, and when it failed. */
    static final class Pending {
        private final CompletableFuture<Long> failedAtNs = new CompletableFuture<>();
        private final CompletableFuture<WorkerDiedException> failure = new CompletableFuture<>();

        static Pending of(CompletableFuture<?> call) {
            Pending pending = new Pending();
            call.whenComplete((value, thrown) -> pending.ended(value, thrown));
            return pending;
        }

        static Pending of(Threads threads, Threads.Step call) {
            Pending pending = new Pending();
            threads.start(() -> {
                try {
                    call.run();
                    pending.ended("returned", null);
                } catch (RuntimeException | Error thrown) {
                    pending.ended(null, thrown);
                }
            });
            return pending;
        }

        private void ended(Object value, Throwable thrown) {
            failedAtNs.complete(System.nanoTime());
            Throwable cause = thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown;
            if (cause instanceof WorkerDiedException died) {
                failure.complete(died);
            } else {
                failure.completeExceptionally(new AssertionError("ended with " + value + ", " + cause, cause));
            }
        }

        boolean isDone() {
            return failedAtNs.isDone();
        }

        WorkerDiedException failure() throws Exception {
            return Threads.get(failure, LIMIT);
        }

        /** How long after that the call failed; checked against the bound. */
        Duration after(long killedAtNs) throws Exception {
            failure();
            Duration after = Duration.ofNanos(Threads.get(failedAtNs, LIMIT) - killedAtNs);
            assertTrue(after.compareTo(BOUND) < 0, () -> "failed only after " + after);
            return after;
        }
    }

    static void assertReport(WorkerDiedException died, int workerId, long pid, int exitCode) {
        DeathReport report = died.report();
        assertEquals(workerId, report.workerId(), died::getMessage);
        assertEquals(pid, report.pid(), died::getMessage);
        assertEquals(exitCode, report.exitCode(), died::getMessage);
        assertEquals(exitCode > 128 ? exitCode - 128 : 0, report.signal());
        assertTrue(report.uptime().compareTo(Duration.ZERO) > 0, died::getMessage);
        assertTrue(report.uptime().compareTo(Duration.ofMinutes(5)) < 0, died::getMessage);
        for (String part : List.of(
                "worker " + workerId,
                "pid " + pid,
                exitCode > 128 ? "signal " + (exitCode - 128) : "code " + exitCode,
                report.uptime().toMillis() + " ms")) {
            assertTrue(died.getMessage().contains(part), () -> part + " in " + died.getMessage());
        }
    }

    static void assertStderr(WorkerDiedException died, String line) {
        assertTrue(died.report().stderrTail().contains(line), died::getMessage);
        assertTrue(died.getMessage().contains(line), died::getMessage);
    }

    /** Calls an object of a worker that must not notice, until it is closed; fails if a call fails or is not answered. */
    static final class Bystander implements AutoCloseable {
        private final RemoteObject<Victim> object;
        private final AtomicBoolean stop = new AtomicBoolean();
        private final AtomicInteger answers = new AtomicInteger();
        private final Threads threads = new Threads();

        Bystander(RemoteObject<Victim> object) {
            this.object = object;
            threads.start(() -> {
                while (!stop.get()) {
                    int next = answers.get() + 1;
                    assertEquals(next, object.stub().answer(next));
                    answers.set(next);
                    TimeUnit.MICROSECONDS.sleep(200); // leaves the processors to those who die
                }
            });
        }

        /** Waits for some more answers, given after this began. */
        void goesOn() {
            int before = answers.get();
            new Await(LIMIT).until("answers of worker " + object.workerId(), () -> answers.get() > before + 20);
        }

        @Override
        public void close() throws Exception {
            stop.set(true);
            threads.join(LIMIT);
            threads.close();
        }
    }
}
