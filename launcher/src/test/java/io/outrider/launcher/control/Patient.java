package io.outrider.launcher.control;

import io.outrider.api.Blocking;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Waits in several ways, and knows how often it was called and interrupted. */
interface Patient {
    /** Waits without being known to. */
    int sleep(int ms, int value) throws InterruptedException;

    @Blocking
    int sleepBlocking(int ms, int value) throws InterruptedException;

    /** Ignores interrupts. */
    int spin(int ms, int value);

    int answer(int value);

    /** Returns a stage that nobody completes. */
    CompletableFuture<Integer> never();

    int cancelledStages();

    /** Whether the thread came in interrupted. */
    boolean isInterrupted();

    int begun();

    int interrupts();

    long pid();

    final class Real implements Patient {
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger interrupts = new AtomicInteger();
        private final AtomicInteger cancelled = new AtomicInteger();

        @Override
        public int sleep(int ms, int value) throws InterruptedException {
            begun.incrementAndGet();
            try {
                TimeUnit.MILLISECONDS.sleep(ms);
            } catch (InterruptedException interrupted) {
                interrupts.incrementAndGet();
                throw interrupted;
            }
            return value;
        }

        @Override
        public int sleepBlocking(int ms, int value) throws InterruptedException {
            return sleep(ms, value);
        }

        @Override
        public int spin(int ms, int value) {
            begun.incrementAndGet();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
            while (System.nanoTime() - end < 0) {
                LockSupport.parkNanos(100_000);
            }
            return value;
        }

        @Override
        public int answer(int value) {
            return value;
        }

        @Override
        public CompletableFuture<Integer> never() {
            CompletableFuture<Integer> stage = new CompletableFuture<>();
            stage.whenComplete((value, failure) -> cancelled.addAndGet(stage.isCancelled() ? 1 : 0));
            return stage;
        }

        @Override
        public int cancelledStages() {
            return cancelled.get();
        }

        @Override
        public boolean isInterrupted() {
            return Thread.currentThread().isInterrupted();
        }

        @Override
        public int begun() {
            return begun.get();
        }

        @Override
        public int interrupts() {
            return interrupts.get();
        }

        @Override
        public long pid() {
            return ProcessHandle.current().pid();
        }
    }
}
