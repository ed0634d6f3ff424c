package io.outrider.manager.proxy;

import io.outrider.model.Fronting;

/** What stands before an object in a worker, so that its manager knows which, and so that it can be sent. */
interface Ported extends Fronting {
    /** The stub. */
    Object port();
}
