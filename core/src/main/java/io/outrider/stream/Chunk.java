package io.outrider.stream;

import io.outrider.protocol.FrameDescriptor;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.BufferArena;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One frame of a stream between whoever polled it and the reader: values, or how the stream ended. Used again and again, unless
 * it stands for an arena block.
 */
final class Chunk {
    private static final int MIN_BYTES = 64;
    private static final int MAX_KEPT_BYTES = 16 * 1024;

    private static final VarHandle NEXT;
    private static final VarHandle OPENED;

    static {
        try {
            NEXT = MethodHandles.lookup().findVarHandle(Chunk.class, "next", Chunk.class);
            OPENED = MethodHandles.lookup().findVarHandle(Chunk.class, "opened", boolean.class);
        } catch (final ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);

    @SuppressWarnings("unused") // through NEXT
    private volatile @Nullable Chunk next;

    @SuppressWarnings("unused") // through OPENED
    private volatile boolean opened;

    private long stream;
    private byte type;
    private int count;
    private int length;
    private boolean inArena;
    private long handle;

    /** Takes a frame out of the lane. */
    void take(final DirectBuffer frame, final int offset, final int frameLength) {
        NEXT.set(this, null);
        stream = FrameDescriptor.correlationId(frame, offset);
        type = FrameDescriptor.type(frame, offset);
        count = FrameDescriptor.items(frame, offset);
        inArena = FrameDescriptor.isInArena(frame, offset);
        final int body = offset + FrameDescriptor.OUTCOME_HEADER;
        if (inArena) {
            handle = FrameDescriptor.arenaHandle(frame, body);
            length = FrameDescriptor.arenaLength(frame, body);
            return;
        }
        length = frameLength - FrameDescriptor.OUTCOME_HEADER;
        if (length > buffer.capacity()) {
            buffer.wrap(new byte[Math.max(MIN_BYTES, BitUtil.findNextPositivePowerOfTwo(length))]);
        }
        buffer.putBytes(0, frame, body, length);
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
        return !inArena && buffer.capacity() <= MAX_KEPT_BYTES;
    }

    /** Opens the block of this chunk; false if it is not of that stream, or somebody has opened it. */
    boolean open(final long ofStream, final BufferArena arena, final ArenaBlock block) {
        return stream == ofStream
                && OPENED.compareAndSet(this, false, true)
                && arena.open(handle, length, block) == BufferArena.OK;
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

    boolean isInArena() {
        return inArena;
    }
}
