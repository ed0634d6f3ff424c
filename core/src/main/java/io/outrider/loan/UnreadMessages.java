package io.outrider.loan;

import io.outrider.protocol.FrameDescriptor;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.BufferArena;
import org.agrona.DirectBuffer;

/** Gives back what came with frames that nobody will read. For one thread at a time. */
public final class UnreadMessages {
    private final LinkArena arena;
    private final ArenaBlock block = new ArenaBlock();
    private final BlockInbox blocks;

    /** @param arena of the link that carries the frames */
    public UnreadMessages(final LinkArena arena) {
        this.arena = arena;
        this.blocks = BlockInbox.ofAnswers(arena, new BlockOutbox(arena));
    }

    /**
     * Gives back the block that has the body of a frame, if it has not got it itself, and those that the body brings.
     *
     * @param frame an outcome, or values of a stream
     * @param offset of the frame
     * @param length of the frame
     */
    public void release(final DirectBuffer frame, final int offset, final int length) {
        final int body = offset + FrameDescriptor.OUTCOME_HEADER;
        final boolean hasBlocks = FrameDescriptor.hasBlocks(frame, offset);
        if (!FrameDescriptor.isInArena(frame, offset)) {
            if (hasBlocks) {
                releaseBlocks(frame, body, length - FrameDescriptor.OUTCOME_HEADER);
            }
            return;
        }
        final int inArena = FrameDescriptor.arenaLength(frame, body);
        if (arena.blocks().open(FrameDescriptor.arenaHandle(frame, body), inArena, block) == BufferArena.OK) {
            if (hasBlocks) {
                releaseBlocks(block.buffer(), 0, inArena);
            }
            arena.blocks().release(block);
        }
    }

    private void releaseBlocks(final DirectBuffer body, final int offset, final int length) {
        blocks.open(body, offset, length);
        blocks.giveBack();
        blocks.forget();
    }
}
