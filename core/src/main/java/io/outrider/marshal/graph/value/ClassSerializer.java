package io.outrider.marshal.graph.value;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.wire.Refusal;
import io.outrider.marshal.graph.wire.TypeNames;

/** Classes as values: named as the classes of values are, whether or not there can be values of them. */
public final class ClassSerializer extends Serializer<Class<?>> {
    @Override
    public void write(final Kryo kryo, final Output output, final Class<?> value) {
        if (value.isHidden()) {
            throw new Refusal(
                    "the class " + value.getName() + " can't be sent: it is hidden, and so has no name elsewhere");
        }
        ((TypeNames) kryo.getClassResolver()).writeType(output, value);
    }

    @Override
    public Class<?> read(final Kryo kryo, final Input input, final Class<? extends Class<?>> type) {
        final Class<?> value = ((TypeNames) kryo.getClassResolver()).readType(input);
        if (value == null) {
            throw new Refusal("a class is missing: the message is damaged");
        }
        return value;
    }
}
