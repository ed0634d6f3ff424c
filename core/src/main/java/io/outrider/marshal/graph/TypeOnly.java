package io.outrider.marshal.graph;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.wire.Refusal;

/** For types that are named in messages, as the value of a {@code Class}, but have no values of exactly that type. */
public final class TypeOnly extends Serializer<Object> {
    static final TypeOnly INSTANCE = new TypeOnly();

    private TypeOnly() {}

    @Override
    public void write(final Kryo kryo, final Output output, final Object value) {
        throw new Refusal(value.getClass().getName() + " can't be sent");
    }

    @Override
    public Object read(final Kryo kryo, final Input input, final Class<? extends Object> type) {
        throw new Refusal("there are no values of exactly " + type.getName() + ": the message is damaged");
    }
}
