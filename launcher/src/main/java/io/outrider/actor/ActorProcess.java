package io.outrider.actor;

import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteObject;
import io.outrider.error.ClosedException;
import io.outrider.error.OutriderException;
import io.outrider.error.RemoteCallException;
import io.outrider.error.WorkerDiedException;
import io.outrider.launcher.executor.ProcessExecutor;
import io.outrider.protocol.ActorSystem;
import io.outrider.telemetry.Log;
import io.outrider.worker.host.ActorRoot;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The worker that an actor has for itself, from its constructor to its end. Refers to no stub of the actor. Safe from any thread. */
final class ActorProcess {
    private static final Log LOG = Log.of(ActorProcess.class);
    private static final int CONCURRENT_HOOKS = 16;
    private static final Duration HOOK_LIMIT = Duration.ofSeconds(10);

    private final ProcessExecutor executor;
    private final int workerId;
    private final Runnable endProcess;
    private final long pid;
    private final RemoteObject<ActorSystem> system;
    private final ActorSecret secret;
    private final AtomicBoolean ended = new AtomicBoolean();

    /**
     * Makes the actor in a worker that is there for nothing else, which ends if that fails.
     *
     * @param executor of the worker
     * @param workerId of the worker
     * @param endProcess ends the worker
     * @param arguments for {@link ActorRoot}
     */
    ActorProcess(
            final ProcessExecutor executor,
            final int workerId,
            final Runnable endProcess,
            final @Nullable Object... arguments) {
        this.executor = executor;
        this.workerId = workerId;
        this.endProcess = endProcess;
        this.pid = executor.workers().stream()
                .filter(worker -> worker.workerId() == workerId)
                .findFirst()
                .orElseThrow()
                .pid();
        try {
            this.secret = ActorSecret.of(executor.secret(workerId).toBytes());
            this.system = executor.create(
                    ActorSystem.class,
                    ActorRoot.class,
                    ObjectOptions.DEFAULT.on(workerId).concurrent(CONCURRENT_HOOKS),
                    arguments);
            system.stub().enter();
        } catch (final OutriderException failure) {
            endProcess.run();
            throw failure;
        } catch (final Exception impossible) { // what the hook throws arrives as a RemoteCallException
            endProcess.run();
            throw new IllegalStateException(impossible);
        }
    }

    ActorSystem system() {
        return system.stub();
    }

    ActorSecret secret() {
        return secret;
    }

    int workerId() {
        return workerId;
    }

    boolean isAlive() {
        return executor.workers().stream()
                .anyMatch(worker -> worker.workerId() == workerId && worker.pid() == pid && worker.alive());
    }

    /** Like {@link #end}, on a thread of its own: nobody is left to be told what a hook throws. */
    void endLater() {
        if (!ended.get()) {
            final Thread thread = new Thread(this::endAlone, "outrider-actor-end");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void endAlone() {
        try {
            end();
        } catch (final OutriderException failure) {
            LOG.warn("an actor that nobody refers to any more has ended, and its hook has failed", failure);
        }
    }

    /** Runs the hooks, each within a bound, then ends the process. Idempotent. */
    void end() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        RemoteCallException thrown = null;
        try {
            thrown = hook(thrown, true);
            thrown = hook(thrown, false);
        } finally {
            endProcess.run();
        }
        if (thrown != null) {
            throw thrown;
        }
    }

    private @Nullable RemoteCallException hook(final @Nullable RemoteCallException before, final boolean exit) {
        try {
            system.async(actor -> {
                        if (exit) {
                            actor.exit();
                        } else {
                            actor.shutdown();
                        }
                        return null;
                    })
                    .get(HOOK_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (final TimeoutException e) {
            LOG.warn(
                    "a hook of the actor in worker {} has not returned after {}: its process ends",
                    workerId,
                    HOOK_LIMIT);
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof RemoteCallException thrown) {
                if (before == null) {
                    return thrown;
                }
                before.addSuppressed(thrown);
            } else {
                LOG.debug("a hook of the actor in worker {} did not run", workerId, e.getCause());
            }
        } catch (final ClosedException | WorkerDiedException gone) {
            LOG.debug("the actor in worker {} is gone before its hooks could run", workerId, gone);
        }
        return before;
    }
}
