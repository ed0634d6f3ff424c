package io.outrider.launcher.support;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads of one test, whose failures and whose end are the test's. */
public final class Threads implements AutoCloseable {
    private static final long END_LIMIT_S = 20;

    private final ExecutorService pool = Executors.newCachedThreadPool(task -> new Thread(task, "test-thread"));
    private final List<Future<?>> running = new ArrayList<>();

    /** A step of a thread. */
    @FunctionalInterface
    public interface Step {
        void run() throws Exception;
    }

    public Future<?> start(Step step) {
        Future<?> future = start(() -> {
            step.run();
            return null;
        });
        running.add(future);
        return future;
    }

    public <R> Future<R> start(Callable<R> call) {
        return pool.submit(call);
    }

    /** Waits for all steps; fails as the first of them that failed. */
    public void join(Duration limit) throws Exception {
        long deadlineNs = System.nanoTime() + limit.toNanos();
        for (Future<?> each : running) {
            get(each, Duration.ofNanos(Math.max(0, deadlineNs - System.nanoTime())));
        }
        running.clear();
    }

    /** The result of a future, within bounds; what it failed with is thrown as it is. */
    public static <R> R get(Future<R> future, Duration limit) throws Exception {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            if (failed.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw failed;
        } catch (TimeoutException late) {
            throw new AssertionError("not done within " + limit + ":\n" + dump(), late);
        }
    }

    private static String dump() {
        StringBuilder text = new StringBuilder();
        Thread.getAllStackTraces().forEach((thread, frames) -> {
            text.append(thread).append('\n');
            for (StackTraceElement frame : frames) {
                text.append("    ").append(frame).append('\n');
            }
        });
        return text.toString();
    }

    @Override
    public void close() throws InterruptedException {
        pool.shutdownNow();
        if (!pool.awaitTermination(END_LIMIT_S, TimeUnit.SECONDS)) {
            throw new AssertionError("threads of the test do not end:\n" + dump());
        }
    }
}
