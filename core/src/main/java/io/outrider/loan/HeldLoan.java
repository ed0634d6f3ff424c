package io.outrider.loan;

import io.outrider.api.Loan;
import io.outrider.error.CallRejectedException;
import io.outrider.error.ClosedException;
import io.outrider.marshal.block.RevocableBuffer;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/** A loan that this process holds, or held; see {@link Loan}. */
final class HeldLoan implements Loan {
    private final LinkArena arena;
    private final Hold hold;
    private final Memory memory = new Memory();
    private @Nullable ByteBuffer byteBuffer;
    private long address;
    private boolean handedOver; // how it ended when it was last held; or else it was closed

    /** Refers to the loan, so that who has the buffer has the loan. */
    private final class Memory extends RevocableBuffer {
        @Override
        protected RuntimeException revoked() {
            return gone();
        }
    }

    HeldLoan(
            final LinkArena arena,
            final ReferenceQueue<Object> queue,
            final String made,
            final @Nullable Throwable madeAt) {
        this.arena = arena;
        this.hold = new Hold(this, queue, made, madeAt);
    }

    Hold hold() {
        return hold;
    }

    LinkArena arena() {
        return arena;
    }

    long handle() {
        return hold.handle();
    }

    /** Holds a block from now on, alone or as one of several. */
    void take(final long handle, final int length, final boolean shared, final long blockAddress) {
        hold.take(handle, length, shared);
        grant(blockAddress);
    }

    /** Like {@link #take}, unless it holds one. */
    boolean tryTake(final long handle, final int length, final long blockAddress) {
        final boolean taken = hold.tryTake(handle, length, false);
        if (taken) {
            grant(blockAddress);
        }
        return taken;
    }

    /** Holds the block again that it held before; false if it holds another, or will. {@link #grantAgain} must follow. */
    boolean tryTakeAgain(final long handle, final boolean shared) {
        return hold.tryTakeAgain(handle, shared);
    }

    /** The block that it holds again is on loan, and where it was. */
    void grantAgain() {
        grant(address);
    }

    private void grant(final long blockAddress) {
        address = blockAddress;
        memory.grant(blockAddress, hold.length(), !hold.isShared());
    }

    /** Goes into a message that was not sent yet. */
    void put() {
        if (!hold.tryPut()) {
            throw hold.isHeld()
                    ? new CallRejectedException(
                            this + " is being handed over already: it has one owner, so share it to hand it over"
                                    + " more than once")
                    : gone();
        }
    }

    /** Is about to be sent, or has just been. */
    void sent() {
        if (hold.sent()) {
            handedOver = true;
            revoke();
        }
    }

    /** Is this process's again: the message could not be sent. */
    void notSent() {
        hold.notSent();
        grantAgain();
    }

    /** Is taken out of a message that will not be sent. */
    void takeOut() {
        hold.takeOut();
    }

    @Override
    public int length() {
        return hold.length();
    }

    @Override
    public MutableDirectBuffer buffer() {
        requireHeld();
        return memory;
    }

    @Override
    public ByteBuffer byteBuffer() {
        requireHeld();
        ByteBuffer view = byteBuffer;
        if (view == null) {
            view = arena.byteBuffer(hold);
            byteBuffer = view;
        }
        return view;
    }

    @Override
    public Loan share(final int readers) {
        requireHeld();
        if (hold.isShared()) {
            throw new IllegalStateException(this + " is shared already");
        }
        arena.share(hold, readers);
        memory.makeReadOnly();
        dropByteBuffer(); // through which it could be written to
        return this;
    }

    @Override
    public boolean isHeld() {
        return hold.isHeld();
    }

    @Override
    public void close() {
        final int shares = arena.giveBack(hold);
        if (shares > 0 && !hold.isHeld()) {
            handedOver = false;
            revoke();
        }
    }

    private void revoke() {
        memory.revoke();
        dropByteBuffer();
    }

    /** As good as can be: the JDK has no way to take a buffer back, and who raises its limit again has the memory. */
    private void dropByteBuffer() {
        final ByteBuffer view = byteBuffer;
        if (view != null) {
            byteBuffer = null;
            view.limit(0);
        }
    }

    private void requireHeld() {
        if (!hold.isHeld()) {
            throw gone();
        }
    }

    private ClosedException gone() {
        return new ClosedException(
                this + (handedOver ? " was handed over" : " was given back") + ": it can't be used here any more");
    }

    @Override
    public String toString() {
        return hold.name() + " in the arena of " + arena.peer();
    }
}
