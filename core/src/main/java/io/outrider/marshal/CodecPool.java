package io.outrider.marshal;

import io.outrider.marshal.graph.GraphCodec;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Codecs that came through their last message, the one used last first, because its memory is the warmest. Safe from any
 * thread; the lock is held for a few instructions. Codecs beyond its size are left to the garbage collector.
 */
final class CodecPool {
    private static final int SIZE = 32;

    private final Supplier<GraphCodec> codecs;
    private final @Nullable GraphCodec[] idle = new @Nullable GraphCodec[SIZE];
    private int count;

    CodecPool(final Supplier<GraphCodec> codecs) {
        this.codecs = codecs;
    }

    GraphCodec borrow() {
        synchronized (idle) {
            if (count > 0) {
                final GraphCodec codec = idle[--count];
                idle[count] = null;
                if (codec != null) {
                    return codec;
                }
            }
        }
        return codecs.get();
    }

    /**
     * Takes a codec back.
     *
     * @param codec must have come through; one that threw must not come back
     */
    void giveBack(final GraphCodec codec) {
        codec.reset();
        synchronized (idle) {
            if (count < SIZE) {
                idle[count++] = codec;
            }
        }
    }
}
