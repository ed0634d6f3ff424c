package io.outrider.manager.proxy;

import io.outrider.manager.SharedArray;
import io.outrider.manager.port.ArrayPort;

/**
 * An array.
 *
 * @param <A> the array
 */
@SuppressWarnings("unchecked") // the port gives an array of the type that it was made with
final class ArrayProxy<A> extends Proxy<ArrayPort> implements SharedArray<A> {
    private static final long serialVersionUID = 1L;

    private final int length;

    ArrayProxy(final ArrayPort port, final int length) {
        super(port);
        this.length = length;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public long getLong(final int index) {
        return Thrown.by(() -> port.getLong(index));
    }

    @Override
    public double getDouble(final int index) {
        return Thrown.by(() -> port.getDouble(index));
    }

    @Override
    public boolean getBoolean(final int index) {
        return Thrown.by(() -> port.getBoolean(index));
    }

    @Override
    public void setLong(final int index, final long value) {
        Thrown.by(() -> port.setLong(index, value));
    }

    @Override
    public void setDouble(final int index, final double value) {
        Thrown.by(() -> port.setDouble(index, value));
    }

    @Override
    public void setBoolean(final int index, final boolean value) {
        Thrown.by(() -> port.setBoolean(index, value));
    }

    @Override
    public long addAndGet(final int index, final long delta) {
        return Thrown.by(() -> port.addAndGet(index, delta));
    }

    @Override
    public A snapshot() {
        return copy(0, length);
    }

    @Override
    public A copy(final int from, final int to) {
        return (A) Thrown.by(() -> port.copy(from, to));
    }

    @Override
    public void write(final int index, final A elements) {
        Thrown.by(() -> port.write(index, elements));
    }
}
