package io.outrider.marshal.graph.value;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.wire.References;

/**
 * For values that are made in one step from parts that may be objects themselves, such as records: such a value does not
 * exist before its parts do, so no part may lead back to it, which is refused while writing.
 *
 * @param <T> the type of the values
 */
public abstract class StepSerializer<T> extends Serializer<T> {
    protected abstract void writeParts(Kryo kryo, Output output, T value);

    protected abstract T readParts(Kryo kryo, Input input, Class<? extends T> type);

    @Override
    public final void write(final Kryo kryo, final Output output, final T value) {
        final References references = (References) kryo.getReferenceResolver();
        final int id = references.begin(value);
        writeParts(kryo, output, value);
        references.finish(id);
    }

    @Override
    public final T read(final Kryo kryo, final Input input, final Class<? extends T> type) {
        return readParts(kryo, input, type);
    }
}
