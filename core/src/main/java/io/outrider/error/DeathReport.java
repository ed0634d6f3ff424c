package io.outrider.error;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a worker process that ended. Immutable, safe from any thread.
 *
 * @param workerId the worker
 * @param incarnation which process of that worker it was, from 1
 * @param pid its process id
 * @param exitCode its exit code; 128 + n where signal n ended it, as a shell reports it; -1 if unknown
 * @param uptime how long it lived
 * @param lastCall the last call that it was given, or null if none
 * @param stderrTail the last lines of its stderr, oldest first
 * @param reason why its launcher ended it, or null if it ended by itself
 */
public record DeathReport(
        int workerId,
        int incarnation,
        long pid,
        int exitCode,
        Duration uptime,
        @Nullable String lastCall,
        List<String> stderrTail,
        @Nullable String reason)
        implements Serializable {
    private static final int SIGNAL_BASE = 128;
    private static final int LAST_SIGNAL = 64;

    /** Copies the list, so that the value can't change. */
    public DeathReport {
        stderrTail = List.copyOf(stderrTail);
    }

    /**
     * The signal that ended the process, read from the exit code as a shell would.
     *
     * @return its number, or 0 if it ended by itself
     */
    public int signal() {
        return exitCode > SIGNAL_BASE && exitCode <= SIGNAL_BASE + LAST_SIGNAL ? exitCode - SIGNAL_BASE : 0;
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(128);
        text.append("worker ").append(workerId).append(" (pid ").append(pid).append(", incarnation ");
        text.append(incarnation).append(") ");
        if (signal() != 0) {
            text.append("was ended by signal ").append(signal());
        } else if (exitCode < 0) {
            text.append("ended");
        } else {
            text.append("exited with code ").append(exitCode);
        }
        text.append(" after ").append(uptime.toMillis()).append(" ms");
        if (reason != null) {
            text.append("; its launcher ended it since ").append(reason);
        }
        if (lastCall != null) {
            text.append("; last call: ").append(lastCall);
        }
        if (!stderrTail.isEmpty()) {
            text.append("; last lines of its stderr:");
            stderrTail.forEach(
                    line -> text.append(System.lineSeparator()).append("  | ").append(line));
        }
        return text.toString();
    }
}
