package io.outrider.marshal.graph.container;

import io.outrider.marshal.graph.jdk.JavaObserver;
import io.outrider.marshal.graph.wire.Refusal;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/** Sets of {@code Collections.newSetFromMap}, which behave as their map does: its kind is seen, and made again. */
public final class SetsFromMaps {
    private static final List<Class<?>> KINDS =
            List.of(LinkedHashMap.class, IdentityHashMap.class, ConcurrentHashMap.class, WeakHashMap.class);

    private SetsFromMaps() {}

    public static Class<?> type() {
        return Collections.newSetFromMap(new HashMap<>()).getClass();
    }

    public static Shape<Collection<Object>> shape() {
        return Shape.numbered(SetsFromMaps::kindOf, SetsFromMaps::make);
    }

    private static int kindOf(final Object set) {
        final Object map = JavaObserver.partsOf(set).get(0);
        return Math.max(0, KINDS.indexOf(map.getClass()));
    }

    private static Collection<Object> make(final int kind) {
        return Collections.newSetFromMap(
                switch (kind) {
                    case 0 -> new LinkedHashMap<>();
                    case 1 -> new IdentityHashMap<>();
                    case 2 -> new ConcurrentHashMap<>();
                    case 3 -> new WeakHashMap<>();
                    default -> throw new Refusal("there is no set of the kind " + kind + ": the message is damaged");
                });
    }
}
