package io.outrider.worker.host;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Whether a call is running, and the handshake by which other threads reach it. Whoever <em>holds</em> the phase keeps the running thread
 * from leaving its call, for a moment: it may look at what is running, interrupt it, or depose it. So an interrupt never hits a thread
 * after it has left the call that was meant.
 *
 * <pre>
 *   IDLE -> RUNNING -> IDLE                        enter, leave: by the running thread
 *              \-> RUNNING + HELD -> RUNNING + ...  hold, letGo: by anybody else, who notes what is done
 * </pre>
 */
public final class RunPhase {
    /** The lead was taken from the running thread. */
    static final int DEPOSED = 4;
    /** The running thread was interrupted. */
    static final int INTERRUPTED = 8;
    /** That was since its deadline had passed. */
    static final int EXPIRED = 16;

    private static final int IDLE = 0;
    private static final int RUNNING = 1;
    private static final int HELD = 2;

    private static final VarHandle BITS;

    static {
        try {
            BITS = MethodHandles.lookup().findVarHandle(RunPhase.class, "bits", int.class);
        } catch (final ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    @SuppressWarnings("unused") // through BITS
    private volatile int bits;

    /** Makes one in which no call runs. */
    public RunPhase() {}

    /** For the running thread: a call begins. The release lets whoever sees it running see what was set before. */
    public void enter() {
        BITS.setRelease(this, RUNNING);
    }

    /**
     * For the running thread: the call has ended; an interrupt that was meant for it is forgotten.
     *
     * @return false if it was deposed
     */
    public boolean leave() {
        if (BITS.compareAndSet(this, RUNNING, IDLE)) {
            return true;
        }
        while (has(HELD)) {
            Thread.onSpinWait();
        }
        final int before = (int) BITS.getAndSet(this, IDLE);
        if ((before & INTERRUPTED) != 0) {
            Thread.interrupted();
        }
        return (before & DEPOSED) == 0;
    }

    /** Whether a call is running on a thread that was not deposed. */
    boolean isLeading() {
        final int now = (int) BITS.getAcquire(this);
        return (now & RUNNING) != 0 && (now & DEPOSED) == 0;
    }

    boolean has(final int bit) {
        return ((int) BITS.getAcquire(this) & bit) != 0;
    }

    /** Holds a running call where it is, until {@link #letGo}, which must follow at once; false if none is running. */
    boolean tryHold() {
        while (true) {
            final int now = (int) BITS.getAcquire(this);
            if ((now & RUNNING) == 0) {
                return false;
            }
            if ((now & HELD) == 0 && BITS.compareAndSet(this, now, now | HELD)) {
                return true;
            }
            Thread.onSpinWait();
        }
    }

    /** For whoever holds the phase: notes what is being done to the call, before it is done. */
    void note(final int done) {
        BITS.setRelease(this, (int) BITS.getOpaque(this) | done);
    }

    /** Lets a call go that is held. */
    void letGo() {
        BITS.setRelease(this, (int) BITS.getOpaque(this) & ~HELD);
    }
}
