package io.outrider.worker;

/**
 * Keeps Ctrl-C from the worker. A terminal sends it to the whole foreground group, and a worker that took it would be gone
 * before the launcher could drain its calls; the launcher takes it and ends its workers.
 */
final class TerminalSignals {
    private TerminalSignals() {}

    /**
     * Ignores SIGINT. By reflection, since {@code sun.misc.Signal}, the only way short of a shell in between, is not part of
     * the platform that this code is compiled against; {@code -Xrs} would not do, as it leaves the default action, death.
     */
    static void ignoreInterrupt() {
        try {
            final Class<?> signal = Class.forName("sun.misc.Signal");
            final Class<?> handler = Class.forName("sun.misc.SignalHandler");
            final Object ignore = handler.getField("SIG_IGN").get(null);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), ignore);
        } catch (final ReflectiveOperationException | RuntimeException e) {
            WorkerExit.say("outrider: this JVM does not let a worker ignore SIGINT: " + e);
        }
    }
}
