package io.outrider.marshal.graph;

import io.outrider.marshal.block.IncomingBlocks;
import io.outrider.marshal.block.OutgoingBlocks;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Encodes or decodes the graphs of one message, then is {@link #reset} for the next. For one thread at a time.
 *
 * <p>Whatever goes wrong comes out as an {@link io.outrider.error.OutriderException}, mostly a
 * {@link io.outrider.error.SerializationException}, running out of stack or memory included; the codec must be dropped then.
 */
public interface GraphCodec {
    /** Buffers beyond this are not kept from message to message. */
    int KEPT_BYTES = 1 << 20;

    /**
     * Encodes a graph into {@link #encoded()}.
     *
     * @param value the root
     * @param maxBytes the most that it may need
     * @param blocks takes the loans in it
     * @return the bytes it needed
     */
    int encode(Object value, int maxBytes, OutgoingBlocks blocks);

    /**
     * The bytes of the last graph that was encoded, from index 0 on.
     *
     * @return a buffer that is valid until the next graph
     */
    byte[] encoded();

    /**
     * Decodes a graph.
     *
     * @param source holds it
     * @param index of its first byte
     * @param length in bytes
     * @param blocks that came with it
     * @return the root
     */
    @Nullable
    Object decode(DirectBuffer source, int index, int length, IncomingBlocks blocks);

    /** Ends the message: lets go of its objects, and of buffers beyond {@link #KEPT_BYTES}. */
    void reset();
}
