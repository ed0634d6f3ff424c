package io.outrider.model;

import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a record class is made of, as far as its encoding depends on it. A record that is declared as a parameter or result
 * stands in a frame component by component; one that can contain itself does not, since only an encoding of graphs knows
 * where to stop.
 */
public final class RecordShape {
    private RecordShape() {}

    /**
     * Whether values of a declared type stand in a frame component by component.
     *
     * @param declared the erased declared type
     * @return true for a record class that can't contain itself by its declared components
     */
    public static boolean isFlat(final Class<?> declared) {
        return declared.isRecord() && isFlat(declared, new ArrayDeque<>());
    }

    private static boolean isFlat(final Class<?> type, final Deque<Class<?>> outer) {
        if (!type.isRecord()) {
            return true;
        }
        if (outer.contains(type)) {
            return false;
        }
        outer.push(type);
        for (final RecordComponent component : type.getRecordComponents()) {
            if (!isFlat(component.getType(), outer)) {
                return false;
            }
        }
        outer.pop();
        return true;
    }

    /**
     * Describes a type so that two versions of it with the same description have the same encoding.
     *
     * @param declared the erased declared type
     * @return its descriptor, and for a flat record those of its components as well
     */
    public static String describe(final Class<?> declared) {
        final StringBuilder text = new StringBuilder();
        describe(declared, text);
        return text.toString();
    }

    private static void describe(final Class<?> type, final StringBuilder text) {
        text.append(type.descriptorString());
        if (isFlat(type)) {
            text.append('{');
            for (final RecordComponent component : type.getRecordComponents()) {
                text.append(component.getName()).append(':');
                describe(component.getType(), text);
            }
            text.append('}');
        }
    }
}
