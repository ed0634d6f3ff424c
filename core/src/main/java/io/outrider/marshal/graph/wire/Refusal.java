package io.outrider.marshal.graph.wire;

import io.outrider.error.OutriderException;
import io.outrider.error.SerializationException;
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

    /**
     * What a codec throws for whatever went wrong inside of it.
     *
     * @param attempt what could not be done, such as {@code can't encode}
     * @param root what paths begin with
     * @param e what went wrong
     * @return an {@link OutriderException}
     */
    public static OutriderException toOutcome(final String attempt, final String root, final Throwable e) {
        if (e instanceof OutriderException own) { // of what the graph took along, too
            return own;
        }
        if (e instanceof Refusal refusal) {
            return new SerializationException(refusal.describe(root), refusal.getCause());
        }
        if (e instanceof StackOverflowError) {
            // The stack trace of the error is a thousand lines that say nothing: it is not kept as a cause.
            return new SerializationException(attempt + ": objects are nested too deep for the stack of this thread; "
                    + "send a flat collection of them, or give the thread a larger stack");
        }
        return new SerializationException(attempt + " an object graph: " + e, e);
    }
}
