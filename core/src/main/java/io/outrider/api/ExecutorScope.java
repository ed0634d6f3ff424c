package io.outrider.api;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Makes an executor the current one for the code that the calling thread runs until the scope is closed. Scopes nest, and closing one restores
 * the one before. For the thread that entered it.
 *
 * <pre>{@code
 * try (ExecutorScope scope = workers.use()) {
 *     station.stub().meanTemperature(7); // a scoped stub: runs in workers
 * }
 * }</pre>
 */
public final class ExecutorScope implements AutoCloseable {
    private static final ThreadLocal<@Nullable ExecutorScope> CURRENT = new ThreadLocal<>();

    private final @Nullable RemoteExecutor executor;
    private final @Nullable ExecutorScope outer;
    private final Thread thread;
    private boolean closed;

    private ExecutorScope(final @Nullable RemoteExecutor executor) {
        this.executor = executor;
        this.outer = CURRENT.get();
        this.thread = Thread.currentThread();
        CURRENT.set(this);
    }

    static ExecutorScope enter(final RemoteExecutor executor) {
        return new ExecutorScope(Objects.requireNonNull(executor, "executor"));
    }

    /**
     * The executor of the innermost scope that the calling thread is in.
     *
     * @return empty outside of scopes
     */
    public static Optional<RemoteExecutor> current() {
        final ExecutorScope scope = CURRENT.get();
        return scope == null ? Optional.empty() : Optional.ofNullable(scope.executor);
    }

    /**
     * Keeps what is current now, to carry it to another thread.
     *
     * @return the same for any thread, as often as it is used
     */
    public static Captured capture() {
        return new Captured(current().orElse(null));
    }

    /**
     * Leaves the scope. Idempotent.
     *
     * @throws IllegalStateException if a scope that was entered after it is still open, or another thread entered it
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("a scope is left by the thread that entered it: " + thread);
        }
        if (CURRENT.get() != this) {
            throw new IllegalStateException(
                    "scopes are left in reverse order: one that was entered later is still open");
        }
        closed = true;
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }

    /** What was current on one thread, for others. Immutable. */
    public static final class Captured {
        private final @Nullable RemoteExecutor executor;

        private Captured(final @Nullable RemoteExecutor executor) {
            this.executor = executor;
        }

        /**
         * Runs code with the captured executor as the current one, or with none if none was captured.
         *
         * @param code to run, on the calling thread
         * @param <R> its result
         * @return its result
         * @throws Exception what it throws
         */
        public <R> R call(final Callable<R> code) throws Exception {
            final ExecutorScope scope = new ExecutorScope(executor);
            try {
                return code.call();
            } finally {
                scope.close();
            }
        }

        /**
         * Wraps an action, for a pool.
         *
         * @param action to run
         * @return runs it with the captured executor as the current one
         */
        public Runnable wrap(final Runnable action) {
            return () -> {
                final ExecutorScope scope = new ExecutorScope(executor);
                try {
                    action.run();
                } finally {
                    scope.close();
                }
            };
        }
    }
}
