package io.outrider.marshal.graph.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Runs of objects, whose number stands before them; a refusal names the place of the element. Stateless. */
public final class Elements {
    private Elements() {}

    public static void write(final Kryo kryo, final Output output, final @Nullable Object[] elements) {
        for (int i = 0; i < elements.length; i++) {
            try {
                kryo.writeClassAndObject(output, elements[i]);
            } catch (final Refusal e) {
                throw e.at("[" + i + "]");
            }
        }
    }

    public static void read(
            final Kryo kryo, final Input input, final Collection<@Nullable Object> collection, final int size) {
        for (int i = 0; i < size; i++) {
            try {
                collection.add(kryo.readClassAndObject(input));
            } catch (final Refusal e) {
                throw e.at("[" + i + "]");
            }
        }
    }

    /**
     * Reads the number of elements, and then the elements.
     *
     * @param kryo decodes them
     * @param input holds them
     * @return the elements
     */
    public static Object[] read(final Kryo kryo, final Input input) {
        final Object[] elements = new Object[GraphInput.readSize(input)];
        for (int i = 0; i < elements.length; i++) {
            try {
                elements[i] = kryo.readClassAndObject(input);
            } catch (final Refusal e) {
                throw e.at("[" + i + "]");
            }
        }
        return elements;
    }
}
