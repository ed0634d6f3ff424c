package io.outrider.worker.host;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One turn as the leader: the thread that polls the call lane and runs short calls itself. While it is inside a call it can be
 * <em>deposed</em>: another thread then leads, and this one goes on with its call, which counts as running in the object's
 * mailbox. The idea is the Leader/Followers pattern (Schmidt and others, 2000).
 *
 * <pre>
 *   POLLING -> RUNNING -> POLLING ...      enter, leave: by the leader
 *         |        \-> DEPOSED             depose: by the watchdog, at most once
 *         +-> HOLDING -> POLLING            hold, letGo: by the leader, around a call that reads from the lane itself
 * </pre>
 */
final class Leader {
    private static final int POLLING = 0;
    private static final int RUNNING = 1;
    private static final int DEPOSED = 2;
    private static final int HOLDING = 3;

    private static final VarHandle PHASE;
    private static final VarHandle CALLS;

    static {
        try {
            PHASE = MethodHandles.lookup().findVarHandle(Leader.class, "phase", int.class);
            CALLS = MethodHandles.lookup().findVarHandle(Leader.class, "calls", int.class);
        } catch (final ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final CallRunner runner;
    private final Thread thread;
    private final int pinned;

    @SuppressWarnings("unused") // through PHASE
    private volatile int phase;

    private int calls; // written by the leader only

    private volatile boolean parked;
    private @Nullable HostedObject current;

    Leader(final CallRunner runner, final Thread thread, final int pinned) {
        this.runner = runner;
        this.thread = thread;
        this.pinned = pinned;
    }

    /** What {@link LeaderPin#lead} said of its thread. */
    int pinned() {
        return pinned;
    }

    CallRunner runner() {
        return runner;
    }

    /** For the leader: a call begins. The release lets whoever sees RUNNING see the object. */
    void enter(final HostedObject object) {
        current = object;
        PHASE.setRelease(this, RUNNING);
    }

    /** For the leader: the call has ended; false if it was deposed meanwhile. */
    boolean leave() {
        if (PHASE.compareAndSet(this, RUNNING, POLLING)) {
            CALLS.setOpaque(this, calls + 1);
            return true;
        }
        synchronized (this) { // until whoever deposed it has occupied the mailbox
            return false;
        }
    }

    /** For the leader: a call begins that reads from the lane, so that nobody else can poll until it has ended. */
    void hold() {
        PHASE.setRelease(this, HOLDING);
    }

    /** For the leader: that call has ended. */
    void letGo() {
        CALLS.setOpaque(this, calls + 1);
        PHASE.setRelease(this, POLLING);
    }

    /** Whether the leader is inside a call, whichever. */
    boolean isBusy() {
        final int now = (int) PHASE.getAcquire(this);
        return now == RUNNING || now == HOLDING;
    }

    /** For the watchdog: how many calls this leader has run. */
    int calls() {
        return (int) CALLS.getOpaque(this);
    }

    boolean isRunning() {
        return (int) PHASE.getAcquire(this) == RUNNING;
    }

    /** For the watchdog: takes the lead from this thread if it is still inside a call. */
    synchronized boolean depose() {
        if (!PHASE.compareAndSet(this, RUNNING, DEPOSED)) {
            return false;
        }
        final HostedObject object = current; // read only now: the leader can't go on to another call any more
        if (object != null) {
            object.mailbox().occupy();
        }
        return true;
    }

    /** The leader is about to sleep until its doorbell rings, or has woken. */
    void parked(final boolean sleeping) {
        parked = sleeping;
    }

    boolean isParked() {
        return parked;
    }

    /** For ending the worker: interrupts the call that is running. */
    synchronized void interrupt() {
        final int now = (int) PHASE.getAcquire(this);
        if (now != POLLING) {
            thread.interrupt();
        }
    }
}
