package io.outrider.stub;

import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;

/** A call on its way out and back, as a stub sees it: a place for the arguments, then a place for the result. */
public interface OutgoingCall {
    /**
     * Where the stub writes the arguments, in the order of the parameters.
     *
     * @return valid from {@link CallPort#begin} until {@link CallPort#invoke}
     */
    ValueWriter arguments();

    /**
     * Writes an argument that stands for values over time: the worker pulls them from here.
     *
     * @param source of the values
     * @param parameter its place, from 0
     */
    default void putStream(final Object source, final int parameter) {
        throw new UnsupportedOperationException("streams can't be passed in this way: call the object's stub");
    }

    /**
     * Where the stub reads the result.
     *
     * @return valid after {@link CallPort#invoke} returned true, until {@link CallPort#end}
     */
    ValueReader result();
}
