package io.outrider.engine;

import io.outrider.error.OutriderException;
import io.outrider.error.PayloadTooLargeException;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.BufferArena;
import io.outrider.transport.Claim;
import io.outrider.transport.Link;
import io.outrider.transport.Publication;
import io.outrider.transport.SmallCopy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Sends frames on one side of a link: as they are where the lane carries them, and otherwise with their body in an arena
 * block. Safe from any thread; never waits: says that there is no room and leaves waiting to the caller.
 */
public final class FrameSender {
    /** The frame was sent. */
    public static final int OK = Publication.OK;
    /** There is no room in the lane or in the arena. */
    public static final int BACK_PRESSURED = Publication.BACK_PRESSURED;
    /** The link was closed. */
    public static final int CLOSED = Publication.CLOSED;

    /** What is shorter is no better off in a block, which is to be loaned and given back. */
    private static final int LONG_FRAME = 1024;
    /** So large a part of the arena is for what could as well go by the lane, and the rest for what can't. */
    private static final int SHARE = 4;

    private final Publication publication;
    private final boolean takesNewMemory;
    private final BufferArena arena;
    private final Waker waker;

    /**
     * @param link whose lane and arena to use
     * @param waker wakes the reader
     */
    public FrameSender(final Link link, final Waker waker) {
        this.publication = link.publication();
        this.takesNewMemory = publication.takesNewMemory();
        this.arena = link.arena();
        this.waker = waker;
    }

    /**
     * Sends a frame and wakes its reader.
     *
     * @param frame header and body, from 0; the header already says {@link FrameDescriptor#IN_ARENA} if the body is to go through
     *     the arena, which it must if {@link #needsArena} says so
     * @param header the length of the header in bytes
     * @param length of header and body in bytes
     * @param claim scratch of the calling thread
     * @param block scratch of the calling thread, holding nothing; holds nothing afterwards
     * @return {@link #OK}, {@link #BACK_PRESSURED} or {@link #CLOSED}
     * @throws OutriderException if the frame can never be sent
     */
    public int trySend(
            final UnsafeBuffer frame, final int header, final int length, final Claim claim, final ArenaBlock block) {
        final int sent = FrameDescriptor.isInArena(frame, 0)
                ? sendThroughArena(frame, header, length, claim, block)
                : sendThroughLane(frame, length, claim);
        if (sent == OK) {
            waker.wake();
        }
        return sent;
    }

    /**
     * Whether a frame is too long for the lane.
     *
     * @param length of header and body in bytes
     * @return true if its body must go through the arena
     */
    public boolean needsArena(final int length) {
        return length > publication.maxFrameLength();
    }

    /**
     * Whether a frame that the lane could carry is better sent through the arena: the lane would take new memory for it, and the
     * arena has plenty.
     *
     * @param length of header and body in bytes
     * @return true if its header may say {@link FrameDescriptor#IN_ARENA}
     */
    public boolean suitsArena(final int length) {
        return takesNewMemory
                && length >= LONG_FRAME
                && arena.loanedBlocks() < arena.maxBlocks() / SHARE
                && arena.loanedBytes() < arena.capacity() / SHARE;
    }

    private int sendThroughLane(final UnsafeBuffer frame, final int length, final Claim claim) {
        final int claimed = publication.tryClaim(length, claim);
        if (claimed == Publication.OK) {
            SmallCopy.copy(frame, 0, claim.buffer(), claim.offset(), length);
            claim.commit();
        }
        return claimed;
    }

    private int sendThroughArena(
            final UnsafeBuffer frame, final int header, final int length, final Claim claim, final ArenaBlock block) {
        final int body = length - header;
        final int loaned = arena.tryLoan(body, block);
        if (loaned == BufferArena.BAD_LENGTH) {
            throw new PayloadTooLargeException("a message", body, arena.maxBlockLength());
        }
        if (loaned != BufferArena.OK) {
            return loaned == BufferArena.CLOSED ? CLOSED : BACK_PRESSURED;
        }
        block.buffer().putBytes(0, frame, header, body);
        final int claimed = publication.tryClaim(header + FrameDescriptor.ARENA_REFERENCE, claim);
        if (claimed != Publication.OK) {
            arena.release(block);
            return claimed == Publication.CLOSED ? CLOSED : BACK_PRESSURED;
        }
        claim.buffer().putBytes(claim.offset(), frame, 0, header);
        FrameDescriptor.putArenaReference(claim.buffer(), claim.offset() + header, block.handle(), body);
        claim.commit();
        block.clear(); // it is the reader's to give back now
        return OK;
    }
}
