package io.outrider.marshal.graph.value;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.wire.GraphInput;
import io.outrider.marshal.graph.wire.Refusal;
import java.util.HashMap;
import java.util.Map;

/** The constants of one enum, by name: their numbers would mean something else in a JVM that has another version of it. */
public final class EnumSerializer extends Serializer<Enum<?>> {
    private final Class<?> type;
    private volatile Map<String, Enum<?>> constants = Map.of();

    public EnumSerializer(final Class<?> type) {
        this.type = type;
    }

    @Override
    public void write(final Kryo kryo, final Output output, final Enum<?> constant) {
        output.writeString(constant.name());
    }

    @Override
    public Enum<?> read(final Kryo kryo, final Input input, final Class<? extends Enum<?>> ignored) {
        return constant(((GraphInput) input).readText());
    }

    private Enum<?> constant(final String name) {
        if (constants.isEmpty()) {
            // Only here, so that a class is initialised by its first value, never by its name alone.
            final Map<String, Enum<?>> all = new HashMap<>();
            for (final Object each : type.getEnumConstants()) {
                all.put(((Enum<?>) each).name(), (Enum<?>) each);
            }
            constants = all;
        }
        final Enum<?> constant = constants.get(name);
        if (constant == null) {
            throw new Refusal("the enum " + type.getName() + " has no constant " + name + " here");
        }
        return constant;
    }
}
