package io.outrider.stub;

/**
 * The superclass of the generated stubs of interfaces. Holds what a call needs and answers what any object is asked: two stubs are equal
 * if they stand for the same object, and {@code toString} says which worker holds it.
 */
public abstract class InterfaceStub implements Stub {
    /** Where calls go; read by the generated methods. */
    protected final CallPort port;
    /** The object that the stub stands for; read by the generated methods. */
    protected final ObjectRef ref;

    /**
     * @param port where calls go
     * @param ref the object that the stub stands for
     */
    protected InterfaceStub(final CallPort port, final ObjectRef ref) {
        this.port = port;
        this.ref = ref;
    }

    @Override
    public final ObjectRef outriderRef() {
        return ref;
    }

    @Override
    public final boolean equals(final Object other) {
        return Proxies.same(this, other);
    }

    @Override
    public final int hashCode() {
        return ref.hashCode();
    }

    @Override
    public final String toString() {
        return ref.toString();
    }
}
