package io.outrider.api;

/**
 * The shared memory between a client and one worker, as either of them sees it: where {@link Loan}s are made. Each side has
 * memory of its own to loan from. A loan can be handed to the process at the other end of the arena and to no other. Safe
 * from any thread. When the worker dies its arena ends: nothing more is loaned, and what is held stays readable until it is closed.
 *
 * <p>A client gets it from {@link RemoteObject#arena} or {@link RemoteExecutor#arena}, code in a worker from {@link #current}.
 */
public interface LoanArena {
    /**
     * Loans a block. Takes no time to speak of where the memory was used before; what is used for the first time is taken from
     * the system, and zeroed. Waits, for as long as the configuration's {@code backPressureTimeout}, while there is no block.
     *
     * @param bytes wanted: from 1 to {@link #maxLoanBytes}
     * @return a loan of exactly that many bytes; what is in them is not defined
     * @throws IllegalArgumentException if {@code bytes} is not positive
     * @throws io.outrider.error.PayloadTooLargeException if it is more than {@link #maxLoanBytes}
     * @throws io.outrider.error.BackPressureException if there was no block in time, saying who holds how much
     * @throws io.outrider.error.StorageException if the system has no memory
     * @throws io.outrider.error.ClosedException if the executor was closed
     * @throws io.outrider.error.WorkerDiedException if the worker is dead
     */
    Loan loan(long bytes);

    /**
     * Like {@link #loan(long)}, in an object that is not needed any more: for loops that make no garbage. The caller knows that
     * nobody else still has the object.
     *
     * @param bytes wanted: from 1 to {@link #maxLoanBytes}
     * @param spent a loan of this arena that was handed over or given back
     * @return {@code spent}, holding a new block
     * @throws io.outrider.error.CallRejectedException if {@code spent} is of another arena, or still holds a block
     */
    Loan loan(long bytes, Loan spent);

    /**
     * The largest loan that can be had.
     *
     * @return bytes
     */
    long maxLoanBytes();

    /**
     * Who holds how much, counted now.
     *
     * @return a picture that may be old by the time it is looked at
     */
    ArenaUsage usage();

    /**
     * The arena of the worker that this code runs in.
     *
     * @return the arena between this worker and its client
     * @throws IllegalStateException if this code does not run in a worker
     */
    static LoanArena current() {
        return CurrentArena.get();
    }
}
