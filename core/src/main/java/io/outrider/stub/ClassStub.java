package io.outrider.stub;

import io.outrider.error.CallRejectedException;

/** A stub of an object whose contract is its class: a generated subclass, made without running a constructor. */
public interface ClassStub extends Stub {
    /**
     * Does what a constructor would.
     *
     * @param port where calls go
     * @param ref the object that the stub stands for
     */
    void outriderBind(CallPort port, ObjectRef ref);

    /**
     * What a method throws that is not exposed.
     *
     * @param method for the message
     * @return to be thrown
     */
    static RuntimeException refusal(final String method) {
        return new CallRejectedException(
                method + " is not exposed: nothing was sent. Mark it with @Expose, or call it where the object is");
    }
}
