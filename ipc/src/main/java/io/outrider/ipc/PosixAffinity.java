package io.outrider.ipc;

import io.outrider.transport.Affinity;
import net.openhft.posix.PosixAPI;

/**
 * Pins through the bindings of the C library that Chronicle brings along. Its affinity library isn't used: it would take bindings of its
 * own (JNA), and a lock file for each processor. Safe from any thread.
 */
public final class PosixAffinity implements Affinity {
    private static final int WORD_BITS = Long.SIZE;

    private final PosixAPI posix = PosixAPI.posix();
    private final int processors;
    private final int maskBytes;
    /** What the process might use; the few bytes are never given back. */
    private final long all;

    /** For {@link java.util.ServiceLoader}. */
    public PosixAffinity() {
        try {
            processors = posix.get_nprocs_conf();
            maskBytes = (processors + WORD_BITS - 1) / WORD_BITS * Long.BYTES;
            all = posix.malloc(maskBytes);
            check(posix.sched_getaffinity(0, maskBytes, all));
        } catch (final RuntimeException | LinkageError e) {
            throw refused(e);
        }
    }

    @Override
    public int currentThread() {
        try {
            return posix.gettid();
        } catch (final RuntimeException | LinkageError e) {
            throw refused(e);
        }
    }

    @Override
    public void pin(final int thread, final int processor) {
        if (processor >= processors) {
            // The binding would write beyond its mask.
            throw new UnsupportedOperationException("there is no processor " + processor + ", there are " + processors);
        }
        try {
            check(posix.sched_setaffinity_as(thread, processor));
        } catch (final RuntimeException | LinkageError e) {
            throw refused(e);
        }
    }

    @Override
    public void unpin(final int thread) {
        try {
            check(posix.sched_setaffinity(thread, maskBytes, all));
        } catch (final RuntimeException | LinkageError e) {
            throw refused(e);
        }
    }

    private void check(final int result) {
        if (result < 0) {
            throw new UnsupportedOperationException(posix.lastErrorStr());
        }
    }

    private static UnsupportedOperationException refused(final Throwable cause) {
        return new UnsupportedOperationException("the processors of threads can't be chosen here: " + cause, cause);
    }
}
