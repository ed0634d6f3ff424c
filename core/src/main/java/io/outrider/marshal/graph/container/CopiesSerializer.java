package io.outrider.marshal.graph.container;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.value.StepSerializer;
import java.util.Collections;
import java.util.List;

/** A list of one element many times over: no memory per element, so its size needs no bound. */
public final class CopiesSerializer extends StepSerializer<List<Object>> {
    @Override
    protected void writeParts(final Kryo kryo, final Output output, final List<Object> list) {
        output.writeVarInt(list.size(), true);
        kryo.writeClassAndObject(output, list.isEmpty() ? null : list.get(0));
    }

    @Override
    protected List<Object> readParts(final Kryo kryo, final Input input, final Class<? extends List<Object>> type) {
        final int size = input.readVarInt(true);
        return Collections.nCopies(size, kryo.readClassAndObject(input));
    }
}
