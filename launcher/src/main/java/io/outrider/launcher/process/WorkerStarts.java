package io.outrider.launcher.process;

import io.outrider.error.WorkerStartException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Starts several workers at once. Stateless, safe from any thread. */
public final class WorkerStarts {
    private WorkerStarts() {}

    /**
     * Starts workers side by side and waits for all. If one fails, the others are ended: all or none.
     *
     * @param requests which
     * @return the workers, in the order of the requests, for the caller to close
     * @throws io.outrider.error.OutriderException as {@link WorkerProcess#start} does for the first that failed, the others
     *     suppressed; also if the calling thread is interrupted, whose status is then set
     */
    public static List<WorkerProcess> all(final List<StartRequest> requests) {
        final List<FutureTask<WorkerProcess>> tasks = new ArrayList<>();
        final List<Thread> threads = new ArrayList<>();
        for (final StartRequest request : requests) {
            final FutureTask<WorkerProcess> task = new FutureTask<>(() -> WorkerProcess.start(request));
            final Thread thread = new Thread(task, "outrider-start-" + request.workerId());
            thread.setDaemon(true);
            tasks.add(task);
            threads.add(thread);
            thread.start();
        }
        final List<WorkerProcess> workers = new ArrayList<>();
        RuntimeException failure = null;
        boolean interrupted = false;
        for (final FutureTask<WorkerProcess> task : tasks) {
            while (true) {
                try {
                    workers.add(task.get());
                    break;
                } catch (final InterruptedException e) {
                    interrupted = true;
                    failure = join(failure, new WorkerStartException("interrupted while workers were starting", e));
                } catch (final ExecutionException e) {
                    failure = join(failure, unwrap(e));
                    break;
                } finally {
                    if (failure != null) {
                        // Each gives up where it waits, and takes back what it made.
                        threads.forEach(Thread::interrupt);
                    }
                }
            }
        }
        if (failure != null) {
            workers.forEach(WorkerProcess::kill);
            workers.forEach(WorkerProcess::close);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
        return workers;
    }

    private static RuntimeException join(
            final @org.jspecify.annotations.Nullable RuntimeException first, final RuntimeException next) {
        if (first == null) {
            return next;
        }
        first.addSuppressed(next);
        return first;
    }

    private static RuntimeException unwrap(final ExecutionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
            return failure;
        }
        return new WorkerStartException("starting a worker failed: " + e.getCause(), e.getCause());
    }
}
