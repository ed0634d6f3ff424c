package io.outrider.launcher.process;

import io.outrider.error.DeathReport;
import org.jspecify.annotations.Nullable;

/** Learns that a worker process ended. Called on the worker's watching thread, or on the one that registers if it is too late. */
@FunctionalInterface
public interface DeathListener {
    /**
     * The process has ended and is reaped; called once, whether it was asked to end or not. Must not block for long.
     *
     * @param report what is known
     */
    void died(DeathReport report);

    /**
     * The last call that the worker was given, for the report; asked just before {@link #died}.
     *
     * @return its name, or null if unknown
     */
    default @Nullable String lastCall() {
        return null;
    }
}
