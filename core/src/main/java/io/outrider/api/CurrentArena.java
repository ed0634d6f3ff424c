package io.outrider.api;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where code that runs in a worker finds its arena: that of its thread, or else that of its process. For engines, which set
 * either; users call {@link LoanArena#current}. Safe from any thread.
 */
public final class CurrentArena {
    private static final ThreadLocal<@Nullable LoanArena> OF_THREAD = new ThreadLocal<>();
    private static final AtomicReference<@Nullable LoanArena> OF_PROCESS = new AtomicReference<>();

    private CurrentArena() {}

    static LoanArena get() {
        final LoanArena ofThread = OF_THREAD.get();
        final LoanArena found = ofThread != null ? ofThread : OF_PROCESS.get();
        if (found == null) {
            throw new IllegalStateException(
                    "there is no current arena outside of a worker: take that of the object or of"
                            + " the worker that the loan is for, by RemoteObject.arena() or RemoteExecutor.arena(workerId)");
        }
        return found;
    }

    /**
     * Names the arena of a process that is a worker.
     *
     * @param arena of all its threads that have none of their own, or null for none any more
     */
    public static void ofProcess(final @Nullable LoanArena arena) {
        OF_PROCESS.set(arena);
    }

    /**
     * Names the arena of the calling thread, for a worker that shares its process with others.
     *
     * @param arena of this thread from now on, or null for none
     * @return the one before, to be set again
     */
    public static @Nullable LoanArena ofThread(final @Nullable LoanArena arena) {
        final LoanArena before = OF_THREAD.get();
        if (arena == null) {
            OF_THREAD.remove();
        } else {
            OF_THREAD.set(arena);
        }
        return before;
    }
}
