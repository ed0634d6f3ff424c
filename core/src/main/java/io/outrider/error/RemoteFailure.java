package io.outrider.error;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was thrown in another JVM, as data: complete even when its class can't be had here. Immutable, safe from any thread.
 *
 * @param typeName the binary name of the class of the throwable
 * @param message its message, or null
 * @param frames its stack frames, innermost first
 * @param cause its cause, or null; a cycle in the original chain is cut
 * @param suppressed what it suppressed, in order
 */
public record RemoteFailure(
        String typeName,
        @Nullable String message,
        List<StackTraceElement> frames,
        @Nullable RemoteFailure cause,
        List<RemoteFailure> suppressed)
        implements Serializable {
    /** Copies the lists, so that the value can't change. */
    public RemoteFailure {
        frames = List.copyOf(frames);
        suppressed = List.copyOf(suppressed);
    }

    @Override
    public String toString() {
        return message == null ? typeName : typeName + ": " + message;
    }
}
