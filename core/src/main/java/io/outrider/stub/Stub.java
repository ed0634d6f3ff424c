package io.outrider.stub;

import io.outrider.marshal.remote.Referable;

/** What the user calls in place of an object elsewhere. Two are equal if they stand for the same object. */
public interface Stub extends Referable {
    /**
     * What the stub stands for.
     *
     * @return names the object
     */
    ObjectRef outriderRef();
}
