package io.outrider.loan;

import io.outrider.api.Loan;
import io.outrider.marshal.ValueWriter;
import io.outrider.marshal.block.OutgoingBlocks;
import io.outrider.protocol.BlockListDescriptor;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.BufferArena;
import java.util.Arrays;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The blocks that one message after another takes along. A loan that was put in is the sender's until {@link #handOver}, and
 * again if the message could not be sent. For one thread at a time, but for {@link #takeBack} and {@link #settleUnsent}; keeps its
 * memory from message to message.
 *
 * <pre>
 *   put ... seal, handOver, (send), settle        or: put ... takeBack, handOver, takeBack, discard at any point before
 * </pre>
 */
public final class BlockOutbox implements OutgoingBlocks {
    private static final int INITIAL = 4;

    private LinkArena arena;
    private final ArenaBlock block = new ArenaBlock();
    private @Nullable HeldLoan[] loans = new @Nullable HeldLoan[INITIAL];
    private long[] handles = new long[INITIAL];
    private int[] lengthWords = new int[INITIAL];
    private int count;
    private boolean handedOver;

    /** @param arena of the link that carries the messages */
    public BlockOutbox(final LinkArena arena) {
        this.arena = arena;
    }

    /**
     * Turns to another link, between two messages.
     *
     * @param other the arena of the link that carries the next messages
     */
    public void use(final LinkArena other) {
        arena = other;
    }

    @Override
    public int putLoan(final Loan loan) {
        final HeldLoan own = arena.own(loan);
        own.put();
        return add(
                own,
                own.handle(),
                BlockListDescriptor.lengthWord(own.length(), own.hold().isShared()));
    }

    @Override
    public @Nullable MutableDirectBuffer tryPutBlock(final long bytes) {
        if (bytes > arena.blocks().maxBlockLength() || arena.blocks().tryLoan((int) bytes, block) != BufferArena.OK) {
            return null;
        }
        add(null, block.handle(), (int) bytes);
        return block.buffer();
    }

    private int add(final @Nullable HeldLoan loan, final long handle, final int lengthWord) {
        if (count == handles.length) {
            loans = Arrays.copyOf(loans, 2 * count);
            handles = Arrays.copyOf(handles, 2 * count);
            lengthWords = Arrays.copyOf(lengthWords, 2 * count);
        }
        loans[count] = loan;
        handles[count] = handle;
        lengthWords[count] = lengthWord;
        return count++;
    }

    @Override
    public int count() {
        return count;
    }

    /** How many bytes the blocks of the message have. */
    public long bytes() {
        return BlockListDescriptor.totalLength(lengthWords, count);
    }

    @Override
    public String addressee() {
        return arena.addressee();
    }

    /**
     * Ends the body of the message with the list of its blocks, if it takes any along.
     *
     * @param body to append to
     * @return whether it does: then the frame must say so
     */
    public boolean seal(final ValueWriter body) {
        if (count == 0) {
            return false;
        }
        final int list = body.endBody(BlockListDescriptor.bytes(count));
        BlockListDescriptor.putBlocks(body.buffer(), list, count, handles, lengthWords);
        return true;
    }

    /**
     * From here on the loans of the message are the receiver's. Called just before it is sent; or just after, where a loan that comes
     * back before that may come as another object.
     */
    public void handOver() {
        if (count > 0) {
            handOverAll();
        }
    }

    private void handOverAll() {
        handedOver = true;
        for (int i = 0; i < count; i++) {
            final HeldLoan loan = loans[i];
            if (loan != null) {
                loan.sent();
            }
        }
    }

    /** The message could not be sent: its loans are the sender's again. May be called when all is settled, and does nothing then. */
    public void takeBack() {
        if (count > 0) {
            takeBackAll();
        }
    }

    private synchronized void takeBackAll() {
        if (handedOver) {
            handedOver = false;
            for (int i = 0; i < count; i++) {
                final HeldLoan loan = loans[i];
                if (loan != null) {
                    loan.notSent();
                }
            }
        }
    }

    /** The message has come to its end; loans in one that was not sent stay with the sender. */
    public void settle() {
        if (count > 0) {
            settleAll(null);
        }
    }

    /** Like {@link #settle}, while the sender may still find that it could not send the message. */
    public synchronized void settleUnsent() {
        settle();
    }

    /**
     * The message was sent, as the answer to one that came with loans: those among them that go back are known when they come
     * again.
     *
     * @param answered the blocks of that message
     */
    public void settle(final BlockInbox answered) {
        if (count > 0) {
            settleAll(answered);
        }
    }

    private void settleAll(final @Nullable BlockInbox answered) {
        if (!handedOver) {
            empty(false);
            return;
        }
        for (int i = 0; i < count; i++) {
            final HeldLoan loan = loans[i];
            loans[i] = null;
            if (loan != null && !loan.isHeld()) {
                if (answered == null || !answered.tryKeep(loan)) {
                    arena.forget(loan.hold());
                }
            }
        }
        count = 0;
        handedOver = false;
    }

    /** The message will not be sent, and nobody would know what to do with its loans: all are given back. */
    public void discard() {
        if (count > 0) {
            takeBackAll();
            empty(true);
        }
    }

    private void empty(final boolean close) {
        for (int i = 0; i < count; i++) {
            final HeldLoan loan = loans[i];
            loans[i] = null;
            if (loan == null) {
                arena.blocks().release(handles[i]);
            } else {
                loan.takeOut();
                if (close) {
                    loan.close();
                }
            }
        }
        count = 0;
    }

    /** A loan of the message whose block came with the answer, as the object that it was; null if it is not of the message. */
    @Nullable
    HeldLoan returned(final long handle) {
        for (int i = 0; i < count; i++) {
            final HeldLoan loan = loans[i];
            if (handles[i] == handle && loan != null) {
                loans[i] = null;
                return loan;
            }
        }
        return null;
    }
}
