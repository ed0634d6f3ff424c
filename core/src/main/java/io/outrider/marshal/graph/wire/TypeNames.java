package io.outrider.marshal.graph.wire;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import org.jspecify.annotations.Nullable;

/** How a serializer names a type that is part of its value. For one thread at a time. */
public interface TypeNames {
    /**
     * Writes the name of a type, whether or not there can be values of it.
     *
     * @param output takes the name
     * @param type to be named
     */
    void writeType(Output output, Class<?> type);

    /**
     * Reads the name of a type; the class is loaded where that is allowed, and not initialised.
     *
     * @param input holds the name
     * @return the type, or null where null was written
     */
    @Nullable
    Class<?> readType(Input input);
}
