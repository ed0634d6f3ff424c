package io.outrider.marshal.graph.container;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.wire.Elements;
import io.outrider.marshal.graph.wire.GraphInput;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;

/** Things with a fixed number of places for objects, which exist before the places are filled. May be part of cycles. */
public final class Holders {
    private Holders() {}

    /** Sets one place of a holder. */
    private interface Setter<T> {
        void set(T holder, int index, Object value);
    }

    /** Makes a holder with a number of empty places. */
    private interface Maker<T> {
        T make(int size);
    }

    public static Serializer<AtomicReference<Object>> reference() {
        return of(
                holder -> Collections.singletonList(holder.get()),
                size -> new AtomicReference<>(),
                (holder, index, value) -> holder.set(value));
    }

    public static Serializer<AtomicReferenceArray<Object>> references() {
        return of(
                holder -> {
                    final Object[] values = new Object[holder.length()];
                    Arrays.setAll(values, holder::get);
                    return Arrays.asList(values);
                },
                AtomicReferenceArray::new,
                (holder, index, value) -> holder.set(index, value));
    }

    /** The lists of {@code Arrays.asList}, which can be written to but neither grow nor shrink. */
    public static Serializer<List<Object>> fixedList() {
        return of(list -> list, size -> Arrays.asList(new Object[size]), List::set);
    }

    private static <T> Serializer<T> of(
            final Function<T, List<Object>> values, final Maker<T> maker, final Setter<T> setter) {
        return new Serializer<>() {
            @Override
            public void write(final Kryo kryo, final Output output, final T holder) {
                final Object[] elements = values.apply(holder).toArray();
                output.writeVarInt(elements.length, true);
                Elements.write(kryo, output, elements);
            }

            @Override
            public T read(final Kryo kryo, final Input input, final Class<? extends T> type) {
                final int size = GraphInput.readSize(input);
                final T holder = maker.make(size);
                kryo.reference(holder);
                for (int i = 0; i < size; i++) {
                    setter.set(holder, i, kryo.readClassAndObject(input));
                }
                return holder;
            }
        };
    }
}
