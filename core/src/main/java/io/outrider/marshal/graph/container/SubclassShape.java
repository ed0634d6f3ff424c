package io.outrider.marshal.graph.container;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.value.Instantiator;
import io.outrider.marshal.graph.value.ObjectFields;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A user's subclass of a collection or map of the JDK: the fields that the user added, the comparator, the access order.
 *
 * @param <C> a collection or a map
 */
public final class SubclassShape<C> implements Shape<C> {
    private final Instantiator plain;
    private final @Nullable Instantiator byComparator;
    private final @Nullable Instantiator byAccessOrder;
    private final ObjectFields fields;

    /**
     * @param type the user's class
     * @param ancestor the class of the JDK that it extends
     */
    public SubclassShape(final Class<?> type, final Class<?> ancestor) {
        plain = Instantiator.of(type, ancestor);
        byComparator = takesComparator(ancestor) ? Instantiator.skipping(type, ancestor, Comparator.class) : null;
        byAccessOrder = ancestor == LinkedHashMap.class
                ? Instantiator.skipping(type, ancestor, int.class, float.class, boolean.class)
                : null;
        fields = ObjectFields.between(type, ancestor);
    }

    /** Whether an empty container of this class can be made by one of its constructors. */
    public static boolean canExtend(final Class<?> ancestor) {
        try {
            return (ancestor.getDeclaredConstructor().getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
        } catch (final NoSuchMethodException e) {
            return false;
        }
    }

    @Override
    public void writeShape(final Kryo kryo, final Output output, final C container) {
        if (byComparator != null) {
            Shape.writeComparator(kryo, output, comparatorOf(container));
        } else if (byAccessOrder != null) {
            output.writeBoolean(AccessOrder.of((LinkedHashMap<?, ?>) container));
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public C make(final Kryo kryo, final Input input, final int size) {
        if (byComparator != null) {
            final Comparator<Object> comparator = Shape.readComparator(kryo, input);
            // The user's own constructor is preferred, but can't be told which comparator to use.
            return (C) (comparator == null ? plain.newInstance() : byComparator.newInstance(comparator));
        }
        if (byAccessOrder != null && input.readBoolean()) {
            return (C) byAccessOrder.newInstance(AccessOrder.CAPACITY, AccessOrder.LOAD_FACTOR, true);
        }
        return (C) plain.newInstance();
    }

    @Override
    public void writeState(final Kryo kryo, final Output output, final C container) {
        fields.write(kryo, output, container);
    }

    @Override
    public void readState(final Kryo kryo, final Input input, final C container) {
        fields.read(kryo, input, container);
    }

    private static boolean takesComparator(final Class<?> ancestor) {
        for (final Constructor<?> each : ancestor.getConstructors()) {
            if (Arrays.equals(each.getParameterTypes(), new Class<?>[] {Comparator.class})) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Comparator<?> comparatorOf(final Object container) {
        if (container instanceof SortedSet<?> set) {
            return set.comparator();
        } else if (container instanceof SortedMap<?, ?> map) {
            return map.comparator();
        } else if (container instanceof PriorityQueue<?> queue) {
            return queue.comparator();
        }
        return null;
    }
}
