package io.outrider.marshal.graph;

import com.esotericsoftware.kryo.Kryo;
import io.outrider.error.OutriderException;
import io.outrider.error.SerializationException;
import io.outrider.marshal.block.IncomingBlocks;
import io.outrider.marshal.block.OutgoingBlocks;
import io.outrider.marshal.graph.wire.GraphInput;
import io.outrider.marshal.graph.wire.GraphOutput;
import io.outrider.marshal.graph.wire.References;
import io.outrider.marshal.graph.wire.Refusal;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One Kryo instance with its buffers: encodes or decodes the graphs of one message, then is {@link #reset} for the next.
 * For one thread at a time; never blocks. Objects that several graphs of a message share are encoded once.
 *
 * <p>Whatever goes wrong comes out as an {@link OutriderException}, mostly a {@link SerializationException}, running out of
 * stack or memory included; the codec must be dropped then, because Kryo does not clean up behind a failure.
 */
public final class KryoCodec implements GraphCodec {
    /** How deep objects may be nested: two thirds of what a stack of 1 MiB was seen to bear in the worst case, code compiled by C1. */
    public static final int MAX_DEPTH = 1_200;

    private final Kryo kryo;
    private final GraphOutput output = new GraphOutput();
    private final GraphInput input = new GraphInput();

    /** @param types the rules that decide how each type is carried; shared */
    public KryoCodec(final TypeTable types) {
        final TypeResolver resolver = new TypeResolver(types, MAX_DEPTH);
        kryo = new Kryo(resolver, new References());
        resolver.open();
        kryo.setAutoReset(false);
        kryo.setClassLoader(types.loader());
    }

    @Override
    public int encode(final Object value, final int maxBytes, final OutgoingBlocks blocks) {
        try {
            output.begin(maxBytes, blocks);
            kryo.writeClassAndObject(output, value);
            return output.position();
        } catch (final Throwable e) {
            throw Refusal.toOutcome("can't encode", value.getClass().getSimpleName(), e);
        }
    }

    @Override
    public byte[] encoded() {
        return output.getBuffer();
    }

    @Override
    public @Nullable Object decode(
            final DirectBuffer source, final int index, final int length, final IncomingBlocks blocks) {
        try {
            input.fill(source, index, length, blocks);
            final Object value = kryo.readClassAndObject(input);
            if (input.remaining() > 0) {
                throw new Refusal(input.remaining() + " bytes are left behind the object: the message is damaged");
            }
            return value;
        } catch (final Throwable e) {
            throw Refusal.toOutcome("can't decode", "value", e);
        }
    }

    @Override
    public void reset() {
        kryo.reset();
        output.shrinkTo(KEPT_BYTES);
        input.shrinkTo(KEPT_BYTES);
    }
}
