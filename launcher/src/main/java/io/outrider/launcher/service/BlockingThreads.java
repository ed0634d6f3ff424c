package io.outrider.launcher.service;

import java.util.concurrent.Executor;

/** A thread for each piece of work, for work that mostly waits: a virtual one where there are such (Java 21 and later). Stateless. */
final class BlockingThreads {
    private BlockingThreads() {}

    /** Starts a thread for each piece of work, a daemon of that name. */
    static Executor named(final String name) {
        return work -> {
            final Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            thread.start();
        };
    }
}
