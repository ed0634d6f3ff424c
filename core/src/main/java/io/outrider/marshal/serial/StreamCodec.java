package io.outrider.marshal.serial;

import io.outrider.api.Loan;
import io.outrider.api.serializer.Serializer;
import io.outrider.api.serializer.SerializerContext;
import io.outrider.api.serializer.SerializerProvider;
import io.outrider.error.ConfigurationException;
import io.outrider.marshal.block.IncomingBlocks;
import io.outrider.marshal.block.OutgoingBlocks;
import io.outrider.marshal.graph.GraphCodec;
import io.outrider.marshal.graph.value.LambdaSerializer;
import io.outrider.marshal.graph.wire.Forbidden;
import io.outrider.marshal.graph.wire.Refusal;
import io.outrider.marshal.remote.Referable;
import io.outrider.marshal.remote.RemoteReference;
import java.io.ObjectInputFilter;
import java.util.Objects;
import org.agrona.DirectBuffer;
import org.agrona.io.DirectBufferInputStream;
import org.jspecify.annotations.Nullable;

/** One {@link Serializer} with its buffers. For one thread at a time. */
final class StreamCodec implements GraphCodec, SerializerContext {
    private final StreamCodecs rules;
    private final String name;
    private final Serializer serializer;
    private final LimitedOutput output = new LimitedOutput();
    private final DirectBufferInputStream input = new DirectBufferInputStream();
    private OutgoingBlocks outgoing = OutgoingBlocks.NONE;
    private IncomingBlocks incoming = IncomingBlocks.NONE;

    StreamCodec(final SerializerProvider provider, final StreamCodecs rules) {
        this.rules = rules;
        this.name = provider.name();
        this.serializer = make(provider);
    }

    private Serializer make(final SerializerProvider provider) {
        try {
            return Objects.requireNonNull(provider.newSerializer(this), "newSerializer");
        } catch (final RuntimeException | Error e) { // of the user's code
            throw new ConfigurationException(
                    "the serializer " + name + " can't be made by "
                            + provider.getClass().getName() + ": " + e,
                    e);
        }
    }

    @Override
    public int encode(final Object value, final int maxBytes, final OutgoingBlocks blocks) {
        try {
            outgoing = blocks;
            output.begin(maxBytes);
            if (StreamCodecs.isLock(value.getClass())) {
                throw Forbidden.refusal(value.getClass());
            }
            serializer.write(standIn(value), output);
            return output.length();
        } catch (final Throwable e) { // whatever the user's code throws fails this value alone
            throw Refusal.toOutcome(
                    "the serializer " + name + " can't encode", value.getClass().getSimpleName(), e);
        }
    }

    @Override
    public byte[] encoded() {
        return output.buffer();
    }

    @Override
    public @Nullable Object decode(
            final DirectBuffer source, final int index, final int length, final IncomingBlocks blocks) {
        try {
            incoming = blocks;
            input.wrap(source, index, length);
            final Object value = serializer.read(input);
            if (input.available() > 0) {
                throw new Refusal("the serializer " + name + " left " + input.available()
                        + " bytes of it unread: the message is damaged, or its read ends before its input does");
            }
            return value == null ? null : original(value);
        } catch (final Throwable e) {
            throw Refusal.toOutcome("the serializer " + name + " can't decode", "value", e);
        }
    }

    @Override
    public void reset() {
        serializer.reset();
        output.shrinkTo(KEPT_BYTES);
        outgoing = OutgoingBlocks.NONE;
        incoming = IncomingBlocks.NONE;
    }

    @Override
    public Object standIn(final Object value) {
        if (value instanceof Referable stub) {
            return rules.types().references().leave(stub, outgoing.addressee());
        } else if (value instanceof Loan loan) {
            return new LoanIndex(outgoing.putLoan(loan));
        } else if (!StreamCodecs.isBound(value.getClass()) || StreamCodecs.isLock(value.getClass())) {
            return value;
        } else if (LambdaSerializer.isLambda(value.getClass())) {
            LambdaSerializer.formOf(value.getClass()); // refuses those that are not Serializable
            return value;
        }
        throw Forbidden.refusal(value.getClass());
    }

    @Override
    public Object original(final Object read) {
        if (read instanceof RemoteReference reference) {
            return rules.types().references().arrive(reference);
        }
        return read instanceof LoanIndex loan ? incoming.takeLoan(loan.index()) : read;
    }

    @Override
    public boolean accepts(final Class<?> type) {
        return rules.accepts(type);
    }

    @Override
    public Class<?> load(final String className) throws ClassNotFoundException {
        return rules.load(className);
    }

    @Override
    public ObjectInputFilter filter() {
        return rules.filter();
    }
}
