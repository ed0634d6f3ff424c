package io.outrider.loan;

import io.outrider.api.Loan;
import io.outrider.error.ClosedException;
import io.outrider.error.ProtocolException;
import io.outrider.marshal.block.IncomingBlocks;
import io.outrider.marshal.block.RevocableBuffer;
import io.outrider.protocol.BlockListDescriptor;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.BufferArena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The blocks that came with one message after another. What the message's reader does not take is given back by
 * {@link #giveBack}, when also the buffers end that were given to the user. For one thread at a time; keeps its memory from
 * message to message.
 */
public final class BlockInbox implements IncomingBlocks {
    private static final int INITIAL = 4;
    /** Loans that are remembered by whoever answers, a power of two. */
    private static final int KEPT = 64;

    private static final @Nullable HeldLoan[] NOTHING = new @Nullable HeldLoan[0];
    private static final long DONE = 0;

    private LinkArena arena;
    private final @Nullable BlockOutbox question;
    private final ArenaBlock scratch = new ArenaBlock();
    private final List<CallBuffer> buffers = new ArrayList<>();
    private long[] handles = new long[INITIAL];
    private int[] lengthWords = new int[INITIAL];
    private @Nullable HeldLoan[] taken = new @Nullable HeldLoan[INITIAL];
    /** What went back with an answer and may come again, by handle: then it is the same object. */
    private final @Nullable HeldLoan[] kept;

    private int count;
    private int untaken;

    /** A buffer of the user's that is valid for the time of a call. */
    private static final class CallBuffer extends RevocableBuffer {
        CallBuffer(final DirectBuffer source, final int offset, final int length) {
            grant(source, offset, length);
        }

        @Override
        protected RuntimeException revoked() {
            return new ClosedException(
                    "the buffer was an argument of a call that has ended: it is valid for the time of"
                            + " the call; copy what is needed later, or take a Loan");
        }
    }

    private BlockInbox(final LinkArena arena, final @Nullable BlockOutbox question) {
        this.arena = arena;
        this.question = question;
        this.kept = question == null ? new @Nullable HeldLoan[KEPT] : NOTHING;
    }

    /**
     * For messages that are asked: buffers in them are read in place, and end with {@link #giveBack}.
     *
     * @param arena of the link that carries the messages
     * @return an inbox
     */
    public static BlockInbox ofCalls(final LinkArena arena) {
        return new BlockInbox(arena, null);
    }

    /**
     * For messages that answer, or come by themselves: buffers in them are copied, as their receiver may keep them.
     *
     * @param arena of the link that carries the messages
     * @param question the blocks that went with what is answered: a loan that comes back is the same object again
     * @return an inbox
     */
    public static BlockInbox ofAnswers(final LinkArena arena, final BlockOutbox question) {
        return new BlockInbox(arena, question);
    }

    /**
     * Turns to another link, between two messages.
     *
     * @param other the arena of the link that carries the next messages
     */
    public void use(final LinkArena other) {
        arena = other;
    }

    /**
     * Begins a message that says that it has blocks.
     *
     * @param body of the message
     * @param offset of the body
     * @param length of the body in bytes
     * @return the length of the body without the list of its blocks
     * @throws ProtocolException if there is no such list
     */
    public int open(final DirectBuffer body, final int offset, final int length) {
        final int end = offset + length;
        final int found = BlockListDescriptor.count(body, end, length);
        if (found < 1) {
            throw new ProtocolException("a message that should end with a list of its blocks does not");
        }
        if (found > handles.length) {
            handles = new long[found];
            lengthWords = new int[found];
            taken = Arrays.copyOf(taken, found);
        }
        BlockListDescriptor.getBlocks(body, end, found, handles, lengthWords);
        count = found;
        untaken = found;
        return length - BlockListDescriptor.bytes(found);
    }

    /**
     * The size of the blocks of the message, taken or not.
     *
     * @return bytes
     */
    public long bytes() {
        return BlockListDescriptor.totalLength(lengthWords, count);
    }

    @Override
    public Loan takeLoan(final int index) {
        final long handle = handleOf(index);
        final HeldLoan before = question == null ? takeKept(handle) : question.returned(handle);
        final HeldLoan loan = arena.arrive(handle, lengthWords[index], scratch, before);
        settled(index);
        if (question == null) {
            taken[index] = loan;
        }
        return loan;
    }

    @Override
    public DirectBuffer block(final int index, final long bytes) {
        final long handle = handleOf(index);
        final int length = BlockListDescriptor.length(lengthWords[index]);
        if (length != bytes || arena.blocks().open(handle, length, scratch) != BufferArena.OK) {
            throw new ProtocolException("a value of " + bytes + " bytes is said to be in a block of " + length
                    + " bytes that was not handed over so");
        }
        return scratch.buffer();
    }

    @Override
    public void done(final int index) {
        arena.blocks().release(handles[index]);
        settled(index);
    }

    private void settled(final int index) {
        handles[index] = DONE;
        untaken--;
    }

    @Override
    public DirectBuffer view(final DirectBuffer source, final int offset, final int length) {
        if (question != null) {
            return IncomingBlocks.NONE.view(source, offset, length);
        }
        final CallBuffer view = new CallBuffer(source, offset, length);
        buffers.add(view);
        return view;
    }

    @Override
    public DirectBuffer viewOfBlock(final int index, final int bytes) {
        final DirectBuffer view = view(block(index, bytes), 0, bytes);
        if (question != null) {
            done(index);
        }
        return view;
    }

    private long handleOf(final int index) {
        if (index < 0 || index >= count || handles[index] == DONE) {
            throw new ProtocolException(
                    "a value names block " + index + " of a message that has " + count + ", or has it twice");
        }
        return handles[index];
    }

    /** Keeps the object of a loan that goes back where it came from, if it came with the message. */
    boolean tryKeep(final HeldLoan loan) {
        for (int i = 0; i < count; i++) {
            if (taken[i] == loan) {
                keep(loan);
                return true;
            }
        }
        return false;
    }

    private void keep(final HeldLoan loan) {
        final int place = placeOf(loan.handle());
        final HeldLoan former = kept[place];
        kept[place] = loan;
        if (former != null && former != loan) {
            former.arena().forget(former.hold());
        }
    }

    private @Nullable HeldLoan takeKept(final long handle) {
        final int place = placeOf(handle);
        final HeldLoan loan = kept[place];
        if (loan == null || loan.handle() != handle || loan.arena() != arena) {
            return null;
        }
        kept[place] = null;
        return loan;
    }

    private static int placeOf(final long handle) {
        return (int) handle & (KEPT - 1);
    }

    /** The message has been dealt with: gives back what nobody took, and ends the buffers of the call. */
    public void giveBack() {
        if (!buffers.isEmpty()) {
            buffers.forEach(CallBuffer::revoke);
            buffers.clear();
        }
        if (untaken > 0) {
            giveBackUntaken();
        }
    }

    private void giveBackUntaken() {
        for (int i = 0; untaken > 0; i++) {
            if (handles[i] != DONE) {
                done(i);
            }
        }
    }

    /** Lets go of all that is known of the message. */
    public void forget() {
        if (count > 0) { // which few messages have
            forgetAll();
        }
    }

    private void forgetAll() {
        if (question == null) {
            Arrays.fill(taken, 0, count, null);
        }
        count = 0;
    }
}
