package io.outrider.manager.proxy;

/**
 * A proxy of what is no collection: equal to another one of the same object.
 *
 * @param <P> its port
 */
abstract class Proxy<P> implements Ported {
    private static final long serialVersionUID = 1L;

    /** The stub. */
    final P port;

    Proxy(final P port) {
        this.port = port;
    }

    @Override
    public final Object port() {
        return port;
    }

    @Override
    @SuppressWarnings("EqualsGetClass") // proxies of two kinds may stand before one object
    public boolean equals(final Object other) {
        return other != null && other.getClass() == getClass() && port.equals(((Proxy<?>) other).port);
    }

    @Override
    public int hashCode() {
        return port.hashCode();
    }

    @Override
    public String toString() {
        return port.toString();
    }
}
