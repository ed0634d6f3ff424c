package io.outrider.launcher.service;

import java.util.concurrent.Executor;

/** A virtual thread for each piece of work; what Java 21 and later load in place of the class of this name. Stateless. */
final class BlockingThreads {
    private BlockingThreads() {}

    /** Starts a thread for each piece of work, of that name. */
    static Executor named(final String name) {
        return work -> Thread.ofVirtual().name(name).start(work);
    }
}
