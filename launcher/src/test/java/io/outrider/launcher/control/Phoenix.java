package io.outrider.launcher.control;

import io.outrider.api.Blocking;
import io.outrider.api.Idempotent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Is made again. */
interface Phoenix {
    @Idempotent
    long pid();

    int count();

    @Blocking
    int sleep(int ms) throws InterruptedException;

    @Blocking
    @Idempotent
    long slowPid(int ms) throws InterruptedException;

    @Idempotent
    CompletableFuture<Long> latePid(int ms);

    @Blocking
    @Idempotent
    int slowLength(byte[] bytes, int ms) throws InterruptedException;

    /** How many of the slow ones have begun here. */
    @Idempotent
    int running();

    final class Real implements Phoenix {
        private static final AtomicInteger RUNNING = new AtomicInteger();

        private int count;

        @Override
        public long pid() {
            return ProcessHandle.current().pid();
        }

        @Override
        public int count() {
            return ++count;
        }

        @Override
        public int sleep(int ms) throws InterruptedException {
            TimeUnit.MILLISECONDS.sleep(ms);
            return ms;
        }

        @Override
        public long slowPid(int ms) throws InterruptedException {
            RUNNING.incrementAndGet();
            sleep(ms);
            return pid();
        }

        @Override
        public CompletableFuture<Long> latePid(int ms) {
            RUNNING.incrementAndGet();
            return CompletableFuture.supplyAsync(
                    this::pid, CompletableFuture.delayedExecutor(ms, TimeUnit.MILLISECONDS));
        }

        @Override
        public int slowLength(byte[] bytes, int ms) throws InterruptedException {
            RUNNING.incrementAndGet();
            sleep(ms);
            return bytes.length;
        }

        @Override
        public int running() {
            return RUNNING.get();
        }
    }
}
