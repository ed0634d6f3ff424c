package io.outrider.ipc.queue;

import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.posix.PosixAPI;
import net.openhft.posix.internal.PosixAPIHolder;

/**
 * Loads the library of the queues into this process, once, without what it loads eagerly and lanes never call. Safe from any
 * thread; the first caller takes a few hundred milliseconds, others wait for it.
 */
final class QueueLibrary {
    private static boolean loaded; // guarded by the class

    private QueueLibrary() {}

    /**
     * Loads it, unless that is done.
     *
     * <p>Chronicle binds the C library as soon as its first class is touched, by way of generated JNR classes: 0.1 s of
     * processor time, and classes that no archive can hold. It gets a binding that does nothing for that moment; the
     * place is then empty again, so that user code that asks for the binding gets the real one. Where user code has bound it before,
     * nothing is replaced.
     */
    static synchronized void load() {
        if (loaded) {
            return;
        }
        final boolean replace = PosixAPIHolder.POSIX_API == null;
        if (replace) {
            PosixAPI.useNoOpPosixApi();
        }
        try {
            Jvm.init();
            SingleChronicleQueueBuilder.addAliases();
        } finally {
            if (replace) {
                PosixAPIHolder.POSIX_API = null;
            }
        }
        loaded = true;
    }
}
