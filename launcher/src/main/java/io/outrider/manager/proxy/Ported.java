package io.outrider.manager.proxy;

/** What stands before an object in a worker, so that its manager knows which. */
interface Ported {
    /** The stub. */
    Object port();
}
