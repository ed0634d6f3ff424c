package io.outrider.launcher.process;

/**
 * Something to do when the JVM ends, unless it has been done by then: a user who forgets to close leaves no worker and no file
 * behind. Safe from any thread.
 */
public final class ExitHook implements AutoCloseable {
    private final Thread thread;

    private ExitHook(final Thread thread) {
        this.thread = thread;
    }

    /**
     * Registers what to do.
     *
     * @param name of the thread that will do it
     * @param action must be bounded: the JVM waits for it
     * @return to be closed when there is nothing left to do
     */
    public static ExitHook register(final String name, final Runnable action) {
        final Thread thread = new Thread(action, name);
        Runtime.getRuntime().addShutdownHook(thread);
        return new ExitHook(thread);
    }

    /** Forgets what to do. Idempotent; without effect once the JVM has begun to end. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (final IllegalStateException ending) {
            // The hook runs or has run; what it does is idempotent.
            return;
        }
    }
}
