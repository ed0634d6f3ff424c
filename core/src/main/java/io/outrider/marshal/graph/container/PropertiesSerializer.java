package io.outrider.marshal.graph.container;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.wire.GraphInput;
import java.util.Properties;

/** Properties with their defaults, which arrive as one level however many there were. May be part of cycles. */
public final class PropertiesSerializer extends Serializer<Properties> {
    @Override
    public void write(final Kryo kryo, final Output output, final Properties properties) {
        final Properties defaults = new Properties();
        for (final String name : properties.stringPropertyNames()) {
            if (!properties.containsKey(name)) {
                defaults.put(name, properties.getProperty(name));
            }
        }
        writeEntries(kryo, output, defaults);
        writeEntries(kryo, output, properties);
    }

    @Override
    public Properties read(final Kryo kryo, final Input input, final Class<? extends Properties> type) {
        final Properties defaults = new Properties();
        final Properties properties = new Properties(defaults);
        kryo.reference(properties);
        MapSerializer.readEntries(kryo, input, defaults, GraphInput.readSize(input));
        MapSerializer.readEntries(kryo, input, properties, GraphInput.readSize(input));
        return properties;
    }

    private static void writeEntries(final Kryo kryo, final Output output, final Properties properties) {
        final Object[] entries = properties.entrySet().toArray();
        output.writeVarInt(entries.length, true);
        MapSerializer.writeEntries(kryo, output, entries);
    }
}
