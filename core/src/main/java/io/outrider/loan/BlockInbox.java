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
    private static final long DONE = 0;

    private LinkArena arena;
    private final @Nullable BlockOutbox question;
    private final ArenaBlock scratch = new ArenaBlock();
    private final List<CallBuffer> buffers = new ArrayList<>();
    private long[] handles = new long[INITIAL];
    private int[] lengths = new int[INITIAL];
    private boolean[] shared = new boolean[INITIAL];
    private @Nullable HeldLoan[] taken = new @Nullable HeldLoan[INITIAL];
    private int count;

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
        if (found < 0) {
            throw new ProtocolException("a message that should end with a list of its blocks does not");
        }
        if (found > handles.length) {
            handles = new long[found];
            lengths = new int[found];
            shared = new boolean[found];
            taken = Arrays.copyOf(taken, found);
        }
        for (int i = 0; i < found; i++) {
            handles[i] = BlockListDescriptor.handle(body, end, found, i);
            lengths[i] = BlockListDescriptor.length(body, end, found, i);
            shared[i] = BlockListDescriptor.isShared(body, end, found, i);
        }
        count = found;
        return length - BlockListDescriptor.bytes(found);
    }

    @Override
    public Loan takeLoan(final int index) {
        final long handle = handleOf(index);
        final HeldLoan known = question == null ? arena.known(handle) : question.returned(handle);
        final HeldLoan loan = arena.arrive(handle, lengths[index], shared[index], scratch, known);
        handles[index] = DONE;
        taken[index] = loan;
        return loan;
    }

    @Override
    public DirectBuffer block(final int index, final long bytes) {
        final long handle = handleOf(index);
        if (lengths[index] != bytes || arena.blocks().open(handle, lengths[index], scratch) != BufferArena.OK) {
            throw new ProtocolException("a value of " + bytes + " bytes is said to be in a block of " + lengths[index]
                    + " bytes that was not handed over so");
        }
        return scratch.buffer();
    }

    @Override
    public void done(final int index) {
        arena.blocks().release(handles[index]);
        handles[index] = DONE;
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

    /** Whether a loan came with the message. */
    boolean brought(final HeldLoan loan) {
        for (int i = 0; i < count; i++) {
            if (taken[i] == loan) {
                return true;
            }
        }
        return false;
    }

    /** The message has been dealt with: gives back what nobody took, and ends the buffers of the call. */
    public void giveBack() {
        if (!buffers.isEmpty()) {
            buffers.forEach(CallBuffer::revoke);
            buffers.clear();
        }
        for (int i = 0; i < count; i++) {
            if (handles[i] != DONE) {
                done(i);
            }
        }
    }

    /** Lets go of all that is known of the message. */
    public void forget() {
        for (int i = 0; i < count; i++) {
            taken[i] = null;
        }
        count = 0;
    }
}
