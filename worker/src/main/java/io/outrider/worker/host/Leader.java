package io.outrider.worker.host;

import io.outrider.stream.Pump;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One turn as the leader: the thread that polls the call lane and runs short calls itself. While it is inside a call it can be
 * <em>deposed</em>: another thread then leads, and this one goes on with its call, which counts as running in the object's
 * mailbox. The idea is the Leader/Followers pattern (Schmidt and others, 2000).
 */
final class Leader {
    private static final VarHandle CALLS;

    static {
        try {
            CALLS = MethodHandles.lookup().findVarHandle(Leader.class, "calls", int.class);
        } catch (final ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final CallRunner runner;
    private final Pump pump;
    private final RunPhase turn = new RunPhase(); // of a stream
    private final int pinned;
    private int calls; // written by the leader only
    private volatile boolean parked;
    private volatile boolean holding;
    private @Nullable HostedObject current;

    Leader(final CallRunner runner, final Pump pump, final int pinned) {
        this.runner = runner;
        this.pump = pump;
        this.pinned = pinned;
    }

    /** What {@link LeaderPin#lead} said of its thread. */
    int pinned() {
        return pinned;
    }

    CallRunner runner() {
        return runner;
    }

    Pump pump() {
        return pump;
    }

    /** For the leader: the turn of a stream begins. It belongs to no object, and whoever stops the stream interrupts it. */
    void enterTurn() {
        turn.enter();
    }

    /** For the leader: the turn has ended; false if it was deposed meanwhile. */
    boolean leaveTurn() {
        return counted(turn.leave());
    }

    /** For the leader: a call begins; of no object, if all that is left to do is to answer it. */
    void enter(final @Nullable HostedObject object) {
        current = object;
        runner.enter();
    }

    /** For the leader: the call has ended; false if it was deposed meanwhile. */
    boolean leave() {
        return counted(runner.phase().leave());
    }

    private boolean counted(final boolean leads) {
        if (leads) {
            CALLS.setOpaque(this, calls + 1);
        }
        return leads;
    }

    /** For the leader: a call begins that reads from the lane, so that nobody else can poll, or lead, until it has ended. */
    void hold() {
        holding = true;
        runner.enter();
    }

    /** For the leader: that call has ended. */
    void letGo() {
        runner.phase().leave();
        holding = false;
        CALLS.setOpaque(this, calls + 1);
    }

    /** Whether the leader is inside a call, whichever. */
    boolean isBusy() {
        return runner.phase().isLeading();
    }

    /** For the watchdog: how many calls this leader has run. */
    int calls() {
        return (int) CALLS.getOpaque(this);
    }

    /** Whether the leader is inside a call that can be taken from it. */
    boolean isRunning() {
        return (!holding && runner.phase().isLeading()) || turn.isLeading();
    }

    /** For the watchdog: takes the lead from this thread if it is still inside a call, and does not hold the lane for it. */
    boolean depose() {
        if (turn.tryHold()) {
            turn.note(RunPhase.DEPOSED);
            turn.letGo();
            return true;
        }
        final RunPhase phase = runner.phase();
        if (!phase.tryHold()) {
            return false;
        }
        if (holding) {
            phase.letGo();
            return false;
        }
        runner.client().enter();
        final HostedObject object = current; // read only now: the leader can't go on to another call any more
        if (object != null) {
            object.mailbox().occupy();
        }
        phase.note(RunPhase.DEPOSED);
        phase.letGo();
        return true;
    }

    /** The leader is about to sleep until its doorbell rings, or has woken. */
    void parked(final boolean sleeping) {
        parked = sleeping;
    }

    boolean isParked() {
        return parked;
    }
}
