package io.outrider.marshal.graph.container;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.wire.GraphInput;
import io.outrider.marshal.graph.wire.Refusal;
import java.util.Map;

/** Modifiable maps: the shape, then the entries in their order. May be part of cycles. */
public final class MapSerializer extends Serializer<Map<Object, Object>> {
    private final Shape<Map<Object, Object>> shape;

    public MapSerializer(final Shape<Map<Object, Object>> shape) {
        this.shape = shape;
    }

    @Override
    public void write(final Kryo kryo, final Output output, final Map<Object, Object> map) {
        // A snapshot: what another thread adds meanwhile must not contradict the number that goes ahead of the entries.
        final Object[] entries = map.entrySet().toArray();
        output.writeVarInt(entries.length, true);
        shape.writeShape(kryo, output, map);
        shape.writeState(kryo, output, map);
        writeEntries(kryo, output, entries);
    }

    @Override
    public Map<Object, Object> read(
            final Kryo kryo, final Input input, final Class<? extends Map<Object, Object>> type) {
        final int size = GraphInput.readSize(input);
        final Map<Object, Object> map = shape.make(kryo, input, size);
        kryo.reference(map);
        shape.readState(kryo, input, map);
        readEntries(kryo, input, map, size);
        return map;
    }

    public static void writeEntries(final Kryo kryo, final Output output, final Object[] entries) {
        for (final Object each : entries) {
            final Map.Entry<?, ?> entry = (Map.Entry<?, ?>) each;
            try {
                kryo.writeClassAndObject(output, entry.getKey());
            } catch (final Refusal e) {
                throw e.at("{key}");
            }
            try {
                kryo.writeClassAndObject(output, entry.getValue());
            } catch (final Refusal e) {
                throw e.at("{" + label(entry.getKey()) + "}");
            }
        }
    }

    public static void readEntries(final Kryo kryo, final Input input, final Map<Object, Object> map, final int size) {
        for (int i = 0; i < size; i++) {
            try {
                final Object key = kryo.readClassAndObject(input);
                map.put(key, kryo.readClassAndObject(input));
            } catch (final Refusal e) {
                throw e.at("{" + i + "}");
            }
        }
    }

    /** Names a key in a path, without calling code of the user's for it. */
    private static String label(final Object key) {
        return key instanceof String || key instanceof Number || key instanceof Enum<?>
                ? String.valueOf(key)
                : key == null ? "null" : key.getClass().getSimpleName();
    }
}
