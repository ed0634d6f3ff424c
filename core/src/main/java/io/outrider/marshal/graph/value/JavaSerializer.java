package io.outrider.marshal.graph.value;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.jdk.AcceptedTypes;
import io.outrider.marshal.graph.jdk.JavaStreams;

/**
 * Objects that only Java serialization can carry: classes of the JDK without a rule of their own, and classes that say
 * themselves how they are serialized. Everything below such an object is carried with it, and must be Serializable.
 */
public final class JavaSerializer extends Serializer<Object> {
    private final JavaStreams streams;

    public JavaSerializer(final AcceptedTypes types) {
        streams = new JavaStreams(types);
    }

    @Override
    public void write(final Kryo kryo, final Output output, final Object object) {
        Scalars.writeBytes(output, streams.write(object));
    }

    @Override
    public Object read(final Kryo kryo, final Input input, final Class<? extends Object> type) {
        return streams.read(Scalars.readBytes(input), type);
    }
}
