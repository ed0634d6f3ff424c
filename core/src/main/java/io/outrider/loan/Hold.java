package io.outrider.loan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What this process holds of a block, by a {@link HeldLoan} that may be dropped: then this is found in the queue, and what is
 * left is given back. All is in one word, so that two threads that misuse a loan can't both give it back, or hand it over:
 *
 * <pre>
 *   shares that are here (upper half) | shares that are in a message which was not sent yet (lower half)
 *
 *   nothing --loan, arrive--&gt; n | 0 --put--&gt; n-1 | 1 --sent--&gt; n-1 | 0
 *                              |      &lt;--not sent--
 *                              +--close--&gt; 0 | 0
 * </pre>
 */
final class Hold extends PhantomReference<HeldLoan> {
    private static final int SHARE = 1 << 16;
    private static final int IN_MESSAGE = SHARE - 1;
    private static final VarHandle WORD;

    static {
        try {
            WORD = MethodHandles.lookup().findVarHandle(Hold.class, "word", int.class);
        } catch (final ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** Where this stands among those of its arena; guarded by the arena's lock. */
    int place = LoanRegistry.NOWHERE;
    /** Whether the loan was dropped, or its JDK buffer if it has one; guarded by the arena's lock. */
    boolean dropped;

    @Nullable
    BufferWatch bufferWatch;
    /** Keeps the arena mapped beyond its end; guarded by the arena's lock. */
    boolean keepsMapping;

    final String made;
    final @Nullable Throwable madeAt;
    private final Thread madeBy = Thread.currentThread();

    private long handle;
    private int length;
    private boolean shared;

    @SuppressWarnings("unused") // through WORD
    private volatile int word;

    /** The JDK buffer of a loan: while it is in use the loan is, too. */
    static final class BufferWatch extends PhantomReference<ByteBuffer> {
        final Hold hold;
        boolean dropped;

        BufferWatch(final ByteBuffer buffer, final Hold hold, final ReferenceQueue<Object> queue) {
            super(buffer, queue);
            this.hold = hold;
        }
    }

    /**
     * @param loan that may be dropped
     * @param queue says when
     * @param made how the loan came to be
     * @param madeAt where, or null where that was not looked at
     */
    Hold(final HeldLoan loan, final ReferenceQueue<Object> queue, final String made, final @Nullable Throwable madeAt) {
        super(loan, queue);
        this.made = made;
        this.madeAt = madeAt;
    }

    /** For the thread that has the loan to itself: holds a block from now on. */
    void take(final long blockHandle, final int blockLength, final boolean isShared) {
        handle = blockHandle;
        length = blockLength;
        shared = isShared;
        WORD.setRelease(this, SHARE);
    }

    /** Holds a block from now on, unless it holds one. */
    boolean tryTake(final long blockHandle, final int blockLength, final boolean isShared) {
        if (!WORD.compareAndSet(this, 0, SHARE)) {
            return false;
        }
        take(blockHandle, blockLength, isShared);
        return true;
    }

    /** Holds the block that it held before, unless it was taken for another meanwhile. */
    boolean tryTakeAgain(final long blockHandle, final boolean isShared) {
        if (handle != blockHandle || !WORD.compareAndSet(this, 0, SHARE)) {
            return false;
        }
        if (handle != blockHandle) { // now that it can't change any more
            WORD.setRelease(this, 0);
            return false;
        }
        shared = isShared;
        return true;
    }

    long handle() {
        return handle;
    }

    int length() {
        return length;
    }

    boolean isShared() {
        return shared;
    }

    /** After shares were added to the block; false if it was handed over, or closed, meanwhile. */
    boolean tryAddShares(final int shares) {
        int now;
        do {
            now = (int) WORD.getAcquire(this);
            if (now < SHARE) {
                return false;
            }
        } while (!WORD.compareAndSet(this, now, now + shares * SHARE));
        shared = true;
        return true;
    }

    boolean isHeld() {
        return (int) WORD.getAcquire(this) != 0;
    }

    /** A share goes into a message; false if none is here. */
    boolean tryPut() {
        int now;
        do {
            now = (int) WORD.getAcquire(this);
            if (now < SHARE) {
                return false;
            }
        } while (!WORD.compareAndSet(this, now, now - SHARE + 1));
        return true;
    }

    /** The message with a share is about to be sent, or has just been; true if nothing is left here. Where that was all, nobody can add to it meanwhile. */
    boolean sent() {
        if ((int) WORD.getAcquire(this) == 1) {
            WORD.setRelease(this, 0);
            return true;
        }
        return (int) WORD.getAndAdd(this, -1) == 1;
    }

    /** What {@link #sent} said was not so. */
    void notSent() {
        WORD.getAndAdd(this, 1);
    }

    /** The message with a share is given up: the share is here again. */
    void takeOut() {
        WORD.getAndAdd(this, SHARE - 1);
    }

    /** Lets go of the shares that are here, and says how many those were; whoever gets them gives them back. */
    int close() {
        int now;
        do {
            now = (int) WORD.getAcquire(this);
        } while (!WORD.compareAndSet(this, now, now & IN_MESSAGE));
        return now / SHARE;
    }

    /** Names the loan: the lower half of a handle is the place, the upper one how often it was used. */
    String name() {
        return "loan " + Integer.toHexString((int) handle) + "." + (handle >>> Integer.SIZE) + " of " + length
                + " bytes";
    }

    @Override
    public String toString() {
        return name() + ", " + made + " in thread " + madeBy.getName();
    }
}
