package io.outrider.marshal.graph.value;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.jdk.JavaObserver;
import io.outrider.marshal.graph.wire.Elements;
import io.outrider.marshal.graph.wire.GraphInput;
import io.outrider.marshal.graph.wire.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Throwables: message, stack trace, the fields that their classes added, cause and suppressed. What {@code Throwable}
 * keeps private is set through its own constructor and methods, so that no package of the JDK need be open.
 */
public final class ThrowableSerializer extends Serializer<Throwable> {
    private final Instantiator byMessage;
    private final ObjectFields fields;
    private final boolean ownMessage;

    /**
     * @param type of the throwables
     * @param ancestor the nearest class of the JDK, which adds no fields to those of {@code Throwable}
     */
    public ThrowableSerializer(final Class<?> type, final Class<?> ancestor) {
        byMessage = Instantiator.skipping(type, Throwable.class, String.class);
        fields = ObjectFields.between(type, ancestor);
        ownMessage = overridesMessage(type);
    }

    @Override
    public void write(final Kryo kryo, final Output output, final Throwable throwable) {
        output.writeString(ownMessage ? madeWith(throwable) : throwable.getMessage());
        final StackTraceElement[] frames = throwable.getStackTrace();
        output.writeVarInt(frames.length, true);
        for (final StackTraceElement frame : frames) {
            StackFrames.write(output, frame);
        }
        fields.write(kryo, output, throwable);
        try {
            final Throwable cause = throwable.getCause();
            kryo.writeClassAndObject(output, cause == throwable ? null : cause);
        } catch (final Refusal e) {
            throw e.at(".cause");
        }
        final Throwable[] suppressed = throwable.getSuppressed();
        output.writeVarInt(suppressed.length, true);
        Elements.write(kryo, output, suppressed);
    }

    @Override
    public Throwable read(final Kryo kryo, final Input input, final Class<? extends Throwable> type) {
        final String message = input.readString();
        final Throwable throwable = (Throwable) byMessage.newInstance(message);
        kryo.reference(throwable);
        final StackTraceElement[] frames = new StackTraceElement[GraphInput.readSize(input)];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = StackFrames.read(input);
        }
        throwable.setStackTrace(frames);
        fields.read(kryo, input, throwable);
        final Throwable cause = asThrowable(kryo.readClassAndObject(input));
        if (cause != null) {
            throwable.initCause(cause);
        }
        for (final Object each : Elements.read(kryo, input)) {
            final Throwable suppressed = asThrowable(each);
            if (suppressed != null) {
                throwable.addSuppressed(suppressed);
            }
        }
        return throwable;
    }

    private static @Nullable Throwable asThrowable(final @Nullable Object value) {
        if (value == null || value instanceof Throwable) {
            return (Throwable) value;
        }
        throw new Refusal("a " + value.getClass().getName() + " is no throwable: the message is damaged");
    }

    private static boolean overridesMessage(final Class<?> type) {
        try {
            return type.getMethod("getMessage").getDeclaringClass() != Throwable.class;
        } catch (final NoSuchMethodException e) {
            throw new IllegalStateException("every throwable has getMessage", e);
        }
    }

    /**
     * The message that a throwable was made with, where its class answers another one. {@code Throwable} writes cause,
     * message, stack trace and suppressed, in that order and ahead of what subclasses write.
     */
    private static @Nullable String madeWith(final Throwable throwable) {
        for (final Object each : JavaObserver.partsOf(throwable)) {
            if (each instanceof String message) {
                return message;
            }
            if (each instanceof StackTraceElement[]) {
                return null;
            }
        }
        return null;
    }
}
