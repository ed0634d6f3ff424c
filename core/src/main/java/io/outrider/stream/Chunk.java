package io.outrider.stream;

import io.outrider.error.ProtocolException;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.BufferArena;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** One frame of a stream between whoever polled it and the reader: values, or how the stream ended. Used again and again. */
final class Chunk {
    private static final int MIN_BYTES = 64;
    private static final int MAX_KEPT_BYTES = 16 * 1024;

    private static final VarHandle NEXT;

    static {
        try {
            NEXT = MethodHandles.lookup().findVarHandle(Chunk.class, "next", Chunk.class);
        } catch (final ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);

    @SuppressWarnings("unused") // through NEXT
    private volatile @Nullable Chunk next;

    private final ArenaBlock block = new ArenaBlock();
    private byte type;
    private int count;
    private int length;
    private boolean hasBlocks;

    /** Takes a frame out of the lane, and its body out of the arena if it is there: the reader may take its time. */
    void take(final DirectBuffer frame, final int offset, final int frameLength, final BufferArena arena) {
        NEXT.set(this, null);
        type = FrameDescriptor.type(frame, offset);
        count = FrameDescriptor.items(frame, offset);
        hasBlocks = FrameDescriptor.hasBlocks(frame, offset);
        final int body = offset + FrameDescriptor.OUTCOME_HEADER;
        if (FrameDescriptor.isInArena(frame, offset)) {
            takeBlock(FrameDescriptor.arenaHandle(frame, body), FrameDescriptor.arenaLength(frame, body), arena);
        } else {
            copy(frame, body, frameLength - FrameDescriptor.OUTCOME_HEADER);
        }
    }

    private void takeBlock(final long handle, final int bytes, final BufferArena arena) {
        if (arena.open(handle, bytes, block) != BufferArena.OK) {
            throw new ProtocolException("values are said to be in an arena block that was not handed over");
        }
        try {
            copy(block.buffer(), 0, bytes);
        } finally {
            arena.release(block);
        }
    }

    private void copy(final DirectBuffer source, final int index, final int bytes) {
        length = bytes;
        if (bytes > buffer.capacity()) {
            buffer.wrap(
                    new byte
                            [Math.max(
                                    MIN_BYTES,
                                    bytes > MAX_KEPT_BYTES ? bytes : BitUtil.findNextPositivePowerOfTwo(bytes))]);
        }
        buffer.putBytes(0, source, index, bytes);
    }

    /** Makes another one reachable from this: volatile, so that a look at who waits comes after it. */
    void link(final Chunk following) {
        NEXT.setVolatile(this, following);
    }

    /** The one behind this; pairs with {@link #link}. */
    @Nullable
    Chunk next() {
        return (Chunk) NEXT.getAcquire(this);
    }

    boolean isKept() {
        return buffer.capacity() <= MAX_KEPT_BYTES;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    byte type() {
        return type;
    }

    int count() {
        return count;
    }

    int length() {
        return length;
    }

    /** Whether it ends with the list of the blocks that came with its values. */
    boolean hasBlocks() {
        return hasBlocks;
    }
}
