package io.outrider.ipc.feed;

import io.outrider.transport.ProcessIdentity;

/**
 * A process as one word of shared memory, so that it can be claimed in one step: the pid in the upper 22 bits, which is what
 * Linux allows, and when the process began below. Never 0.
 */
final class Owner {
    /** This process. */
    static final long THIS = word(ProcessIdentity.current());

    private static final int START_BITS = 42;
    private static final long START_MASK = (1L << START_BITS) - 1;

    private Owner() {}

    private static long word(final ProcessIdentity process) {
        return (process.pid() << START_BITS) | (process.start() & START_MASK);
    }

    /** Asks the operating system. A zombie is not alive, and neither is a process that has the pid of a former one. */
    static boolean isAlive(final long word) {
        return word == THIS || identity(word).isAlive();
    }

    static String describe(final long word) {
        return "process " + identity(word).pid();
    }

    private static ProcessIdentity identity(final long word) {
        return new ProcessIdentity(word >>> START_BITS, word & START_MASK);
    }
}
