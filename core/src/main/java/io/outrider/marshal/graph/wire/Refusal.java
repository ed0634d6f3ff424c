package io.outrider.marshal.graph.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Why a graph can't be encoded or decoded, on its way out of the recursion: each level adds its step of the path.
 * Becomes a {@code SerializationException} at the edge of the package, which is where the stack trace is taken.
 */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_STEPS = 32;

    private final String reason;
    private final transient Deque<String> path = new ArrayDeque<>();

    public Refusal(final String message) {
        this(message, null);
    }

    public Refusal(final String message, final @Nullable Throwable cause) {
        super(message, cause, false, false);
        reason = message;
    }

    /**
     * Adds the step by which the value was reached.
     *
     * @param step such as {@code ".name"} or {@code "[3]"}
     * @return this
     */
    public Refusal at(final String step) {
        path.addFirst(step);
        if (path.size() > MAX_STEPS) {
            // A deep graph would make an unreadable message: the steps nearest to the value say most.
            path.removeFirst();
        }
        return this;
    }

    public String describe(final String root) {
        return path.isEmpty() ? reason : reason + " (at " + root + String.join("", path) + ")";
    }
}
