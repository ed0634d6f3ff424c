package io.outrider.marshal.graph;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/** Classes as values: named as the classes of values are, whether or not there can be values of them. */
final class ClassSerializer extends Serializer<Class<?>> {
    @Override
    public void write(final Kryo kryo, final Output output, final Class<?> value) {
        if (value.isHidden()) {
            throw new Refusal(
                    "the class " + value.getName() + " can't be sent: it is hidden, and so has no name elsewhere");
        }
        ((TypeResolver) kryo.getClassResolver()).writeType(output, value);
    }

    @Override
    public Class<?> read(final Kryo kryo, final Input input, final Class<? extends Class<?>> type) {
        final Class<?> value = ((TypeResolver) kryo.getClassResolver()).readType(input);
        if (value == null) {
            throw new Refusal("a class is missing: the message is damaged");
        }
        return value;
    }
}
