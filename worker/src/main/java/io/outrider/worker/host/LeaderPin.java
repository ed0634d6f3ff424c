package io.outrider.worker.host;

import io.outrider.telemetry.Log;
import io.outrider.transport.Affinity;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps whoever leads on one processor, if the settings say so: not a thread but a role is pinned. A refusal is a warning, once. Safe from
 * any thread; nothing blocks.
 */
final class LeaderPin {
    /** What {@link #lead} returns where nothing is pinned. */
    static final int UNPINNED = -1;

    private static final Log LOG = Log.of(LeaderPin.class);

    private final int processor;
    private final @Nullable Affinity affinity;
    private final AtomicBoolean refused = new AtomicBoolean();

    private LeaderPin(final int processor, final @Nullable Affinity affinity) {
        this.processor = processor;
        this.affinity = affinity;
    }

    /**
     * Pins to a processor.
     *
     * @param processor from 0, or less for none
     * @return the pin
     */
    static LeaderPin to(final int processor) {
        if (processor < 0) {
            return new LeaderPin(processor, null);
        }
        try {
            final Affinity affinity =
                    ServiceLoader.load(Affinity.class).findFirst().orElse(null);
            if (affinity == null) {
                LOG.warn("no library to pin threads is on the class path: this worker runs on any processor");
            }
            return new LeaderPin(processor, affinity);
        } catch (final ServiceConfigurationError e) {
            LOG.warn("this worker runs on any processor", e);
            return new LeaderPin(processor, null);
        }
    }

    /** The calling thread leads from now on; returns its number for {@link #follow(int)}. */
    int lead() {
        if (affinity == null) {
            return UNPINNED;
        }
        try {
            final int thread = affinity.currentThread();
            affinity.pin(thread, processor);
            return thread;
        } catch (final UnsupportedOperationException e) {
            refuse(e);
            return UNPINNED;
        }
    }

    /** A thread, named by {@link #lead}, leads no more; it may be in the middle of a call. */
    void follow(final int thread) {
        if (affinity != null && thread != UNPINNED) {
            try {
                affinity.unpin(thread);
            } catch (final UnsupportedOperationException e) {
                refuse(e);
            }
        }
    }

    /** The calling thread does not lead, but may have been started by one that does, whose pin it then has inherited. */
    void follow() {
        if (affinity != null && !refused.get()) {
            try {
                affinity.unpin(affinity.currentThread());
            } catch (final UnsupportedOperationException e) {
                refuse(e);
            }
        }
    }

    private void refuse(final UnsupportedOperationException reason) {
        if (refused.compareAndSet(false, true)) {
            LOG.warn("this worker is not pinned to processor {}: {}", processor, reason.getMessage());
        }
    }
}
