package io.outrider.launcher.process;

import io.outrider.error.WorkerStartException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Several workers that start side by side, each on a thread of its own: all or none. One thread awaits them; {@link #cancel}
 * may come from any.
 */
public final class WorkerStarts {
    private final List<WorkerStart> starts = new ArrayList<>();
    private final List<FutureTask<WorkerProcess>> tasks = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private WorkerStarts(final List<StartRequest> requests) {
        for (final StartRequest request : requests) {
            final WorkerStart start = new WorkerStart(request);
            final FutureTask<WorkerProcess> task = new FutureTask<>(() -> WorkerProcess.start(start));
            final Thread thread = new Thread(task, "outrider-start-" + request.workerId());
            thread.setDaemon(true);
            starts.add(start);
            tasks.add(task);
            threads.add(thread);
        }
    }

    /**
     * Begins to start workers. Does not block.
     *
     * @param requests which
     * @return the starts under way, to be awaited
     */
    public static WorkerStarts begin(final List<StartRequest> requests) {
        final WorkerStarts starts = new WorkerStarts(requests);
        starts.threads.forEach(Thread::start);
        return starts;
    }

    /** Has each start give up, and take back what it made; {@link #await} then fails. Does not block. */
    public void cancel() {
        starts.forEach(WorkerStart::cancel);
    }

    /**
     * Waits for all workers. If one fails, the others are ended.
     *
     * @return the workers, in the order of the requests, for the caller to close
     * @throws io.outrider.error.OutriderException as {@link WorkerProcess#start} does for the first that failed, the others
     *     suppressed; also if the calling thread is interrupted, whose status is then set
     */
    public List<WorkerProcess> await() {
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
                        cancel();
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

    /** Terms that can't be computed fail every start with the same exception. */
    private static RuntimeException join(final @Nullable RuntimeException first, final RuntimeException next) {
        if (first == null || first == next) {
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
