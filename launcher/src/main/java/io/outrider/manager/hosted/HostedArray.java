package io.outrider.manager.hosted;

import io.outrider.manager.port.ArrayPort;
import java.lang.reflect.Array;
import java.util.Objects;

/** An array of primitives behind one lock. */
public final class HostedArray implements ArrayPort {
    private final Object elements;

    /** @param elements an array of primitives, from now on this object's own */
    public HostedArray(final Object elements) {
        this.elements = elements;
    }

    @Override
    public int length() {
        return Array.getLength(elements);
    }

    @Override
    public synchronized long getLong(final int index) {
        return elements instanceof char[] chars ? chars[index] : Array.getLong(elements, index);
    }

    @Override
    public synchronized double getDouble(final int index) {
        return Array.getDouble(elements, index);
    }

    @Override
    public synchronized boolean getBoolean(final int index) {
        return Array.getBoolean(elements, index);
    }

    @Override
    public synchronized void setLong(final int index, final long value) {
        if (elements instanceof long[] longs) {
            longs[index] = value;
        } else if (elements instanceof int[] ints) {
            ints[index] = (int) within(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
        } else if (elements instanceof short[] shorts) {
            shorts[index] = (short) within(value, Short.MIN_VALUE, Short.MAX_VALUE);
        } else if (elements instanceof byte[] bytes) {
            bytes[index] = (byte) within(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
        } else if (elements instanceof char[] chars) {
            chars[index] = (char) within(value, Character.MIN_VALUE, Character.MAX_VALUE);
        } else {
            throw notOf("integral");
        }
    }

    private long within(final long value, final long min, final long max) {
        if (value < min || value > max) {
            throw new ArithmeticException(value + " does not fit into an element of a "
                    + elements.getClass().getSimpleName() + ": " + min + " to " + max);
        }
        return value;
    }

    private IllegalArgumentException notOf(final String kind) {
        return new IllegalArgumentException(
                "this is a " + elements.getClass().getSimpleName() + ", whose elements are not " + kind);
    }

    @Override
    public synchronized void setDouble(final int index, final double value) {
        if (elements instanceof double[] doubles) {
            doubles[index] = value;
        } else if (elements instanceof float[] floats) {
            floats[index] = (float) value;
        } else {
            throw notOf("of floating point");
        }
    }

    @Override
    public synchronized void setBoolean(final int index, final boolean value) {
        Array.setBoolean(elements, index, value);
    }

    @Override
    public synchronized long addAndGet(final int index, final long delta) {
        final long sum = Math.addExact(getLong(index), delta);
        setLong(index, sum);
        return sum;
    }

    @Override
    public synchronized Object copy(final int from, final int to) {
        Objects.checkFromToIndex(from, to, length());
        final Object copy = Array.newInstance(elements.getClass().componentType(), to - from);
        System.arraycopy(elements, from, copy, 0, to - from);
        return copy;
    }

    @Override
    public synchronized void write(final int index, final Object source) {
        System.arraycopy(source, 0, elements, index, Array.getLength(source));
    }
}
