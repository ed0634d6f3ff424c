package io.outrider.marshal.graph.container;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a {@link LinkedHashMap} keeps its entries in the order of access, which it tells nobody. Read from
 * its field where {@code java.util} is open; else seen from how a clone behaves. Stateless.
 */
@SuppressWarnings("NonApiType") // Of all maps, only this class has the order.
public final class AccessOrder {
    public static final int CAPACITY = 16;
    public static final float LOAD_FACTOR = 0.75f;

    private static final @Nullable VarHandle FIELD = field();

    private AccessOrder() {}

    public static boolean of(final LinkedHashMap<?, ?> map) {
        if (FIELD != null) {
            return (boolean) FIELD.get(map);
        }
        // A clone of a user's subclass would run the user's code: it is taken to be in the order of insertion.
        return map.getClass() == LinkedHashMap.class && observe(map);
    }

    @SuppressWarnings("unchecked")
    public static boolean observe(final LinkedHashMap<?, ?> map) {
        final LinkedHashMap<Object, Object> clone = (LinkedHashMap<Object, Object>) map.clone();
        clone.clear();
        clone.put(0, 0);
        clone.put(1, 1);
        clone.get(0);
        return clone.keySet().iterator().next().equals(1);
    }

    private static @Nullable VarHandle field() {
        try {
            return MethodHandles.privateLookupIn(LinkedHashMap.class, MethodHandles.lookup())
                    .findVarHandle(LinkedHashMap.class, "accessOrder", boolean.class);
        } catch (final ReflectiveOperationException e) {
            return null;
        }
    }
}
