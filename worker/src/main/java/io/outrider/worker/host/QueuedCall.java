package io.outrider.worker.host;

import io.outrider.error.ErrorCode;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A call that did not run at once: it waits in its object's mailbox, and runs on a thread of the pool. Exactly one has it: the thread that
 * runs it, or whoever answers it before that. Safe from any thread.
 */
final class QueuedCall implements Runnable {
    private static final int NONE = -1;

    private final Runners home;
    private final CallRunner runner;
    private final HostedObject object;
    private final CallKey key;
    private final int method;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private volatile int interruptReason = NONE;

    QueuedCall(final Runners home, final CallRunner runner, final HostedObject object) {
        this.home = home;
        this.runner = runner;
        this.object = object;
        this.key = runner.key();
        this.method = runner.method();
    }

    CallKey key() {
        return key;
    }

    /** When its time is up, as {@link CallRunner#remainingNs} says; valid as long as it is among those that are queued. */
    long remainingNs() {
        return runner.remainingNs(key);
    }

    @Override
    public void run() {
        if (claimed.compareAndSet(false, true)) {
            home.run(this, runner, object);
        }
    }

    /** Answers the call, so that it never runs; false if it has begun. May wait for room to reply. */
    boolean refuse(final ErrorCode code, final String message) {
        if (!claimed.compareAndSet(false, true)) {
            return false;
        }
        home.refuse(this, runner, code, message);
        return true;
    }

    boolean hasBegun() {
        return claimed.get();
    }

    /** Interrupts the call, which has begun, or is about to enter its phase. */
    void interrupt(final int reason) {
        interruptReason = reason;
        runner.interrupt(key, reason); // finds it running, or else it finds the reason when it has entered
    }

    /** For the thread that runs the call, once it has entered: an interrupt may have come between the claim and that. */
    void interruptIfAsked() {
        VarHandle.fullFence(); // either whoever asks sees it running, or what is asked is seen here
        final int reason = interruptReason;
        if (reason != NONE) {
            runner.interrupt(key, reason);
        }
    }

    /** For ending the worker. */
    void interrupt() {
        if (hasBegun()) {
            interrupt(0);
        }
    }

    @Override
    public String toString() {
        return object.method(method) + " on " + object;
    }
}
