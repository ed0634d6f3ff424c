package io.outrider.manager.proxy;

import io.outrider.error.OutriderException;
import io.outrider.error.RemoteCallException;
import io.outrider.manager.port.WaitPort;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How a thread waits here for what waits for it in the worker. */
final class Waits {
    private Waits() {}

    /** The calling thread, as the worker knows it. */
    static long thread() {
        return Thread.currentThread().getId();
    }

    /** A time limit: not negative, and never quite for ever. */
    static long nanos(final long time, final TimeUnit unit) {
        return Math.max(0, Math.min(unit.toNanos(time), WaitPort.FOR_EVER - 1));
    }

    /** Fails if the thread was interrupted, as what can be interrupted does first. */
    static void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /**
     * Waits for an outcome.
     *
     * @param port cancels the wait in the worker
     * @param outcome of the wait
     * @return what came; if the thread was interrupted too late to change that, it is still interrupted
     * @throws InterruptedException if the thread was interrupted and the wait was cancelled by that
     */
    static <T extends @Nullable Object> T interruptibly(final WaitPort port, final CompletableFuture<T> outcome)
            throws InterruptedException {
        try {
            return outcome.get();
        } catch (final InterruptedException interrupt) {
            final boolean cancelled = port.cancel(thread());
            final T late = uninterruptibly(port, outcome);
            if (cancelled) {
                throw interrupt;
            }
            Thread.currentThread().interrupt();
            return late;
        } catch (final ExecutionException failed) {
            throw failure(port, failed.getCause());
        }
    }

    /** Waits for an outcome, interrupted or not. */
    static <T extends @Nullable Object> T uninterruptibly(final WaitPort port, final CompletableFuture<T> outcome) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return outcome.get();
                } catch (final InterruptedException interrupt) {
                    interrupted = true;
                } catch (final ExecutionException failed) {
                    throw failure(port, failed.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The exception to throw for a wait that failed; what did not end in the worker is ended there. */
    private static RuntimeException failure(final WaitPort port, final @Nullable Throwable cause) {
        if (cause instanceof RemoteCallException remote) {
            return Thrown.in(remote);
        }
        if (cause instanceof OutriderException local) { // the call's time limit, say
            try {
                port.cancel(thread());
            } catch (final OutriderException gone) {
                local.addSuppressed(gone);
            }
            return local;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }
}
