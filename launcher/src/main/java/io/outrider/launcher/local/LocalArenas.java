package io.outrider.launcher.local;

import io.outrider.error.ClosedException;
import io.outrider.loan.LinkArena;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The arena of an executor in this process, as those who call and as the objects that they call see it. Safe from any thread. */
final class LocalArenas {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final LocalBlocks blocks = LocalBlocks.ofCallers();
    private final LinkArena ofCallers = arena(blocks, "worker 0");
    private final LinkArena ofObjects = arena(blocks.ofObjects(), "the caller");

    private static LinkArena arena(final LocalBlocks side, final String peer) {
        return new LinkArena(
                side,
                peer,
                new LinkArena.Patience(
                        PATIENCE,
                        LocalArenas::pause,
                        () -> {},
                        () -> new ClosedException("the executor was closed: nothing is loaned")));
    }

    private static boolean pause(final int fruitless) {
        LockSupport.parkNanos(PAUSE_NS);
        return true;
    }

    /** Where those who call make loans for the objects. */
    LinkArena ofCallers() {
        return ofCallers;
    }

    /** Where the objects make loans for those who call. */
    LinkArena ofObjects() {
        return ofObjects;
    }

    /** Loans nothing more, and reports what is held. */
    void close() {
        ofCallers.close();
        ofObjects.close();
        blocks.close();
    }
}
