package io.outrider.marshal.graph.value;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.wire.GraphInput;
import io.outrider.marshal.graph.wire.Refusal;
import java.lang.reflect.Array;

/** Arrays of references, of any component type: arrays of arrays are such arrays. May be part of cycles. */
public final class ArraySerializer extends Serializer<Object[]> {
    public static final ArraySerializer INSTANCE = new ArraySerializer();

    private ArraySerializer() {}

    @Override
    public void write(final Kryo kryo, final Output output, final Object[] array) {
        output.writeVarInt(array.length, true);
        for (int i = 0; i < array.length; i++) {
            try {
                kryo.writeClassAndObject(output, array[i]);
            } catch (final Refusal e) {
                throw e.at("[" + i + "]");
            }
        }
    }

    @Override
    public Object[] read(final Kryo kryo, final Input input, final Class<? extends Object[]> type) {
        final int length = GraphInput.readSize(input);
        final Object[] array = (Object[]) Array.newInstance(type.getComponentType(), length);
        kryo.reference(array);
        for (int i = 0; i < length; i++) {
            try {
                array[i] = kryo.readClassAndObject(input);
            } catch (final Refusal e) {
                throw e.at("[" + i + "]");
            } catch (final ArrayStoreException e) {
                throw new Refusal(
                        "an array of " + type.getComponentType().getName() + " can't hold what the message does", e);
            }
        }
        return array;
    }
}
