package io.outrider.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Who polls a reply lane: at most one thread at a time. A thread that needs one more poll but can't have the role asks for
 * it, and the holder learns of that when it lets go: so no reply is left lying between a last poll and a release. Safe from any thread; never blocks.
 */
public final class PollRole {
    private static final int FREE = 0;
    private static final int HELD = 1;
    private static final int WANTED = 2;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(PollRole.class, "state", int.class);
        } catch (final ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    @SuppressWarnings("unused") // through STATE
    private volatile int state;

    /** Makes a role that nobody holds. */
    public PollRole() {}

    /**
     * Takes the role if it is free; acquires what the last holder released.
     *
     * @return whether the calling thread holds it now
     */
    public boolean tryAcquire() {
        return (int) STATE.getAcquire(this) == FREE && STATE.compareAndSet(this, FREE, HELD);
    }

    /**
     * Takes the role, or asks its holder for one more poll.
     *
     * @return true if the calling thread holds it now, and must poll; false if the holder will
     */
    public boolean acquireOrRequest() {
        while (true) {
            if (tryAcquire()) {
                return true;
            }
            if ((int) STATE.getVolatile(this) == WANTED || STATE.compareAndSet(this, HELD, WANTED)) {
                return false;
            }
        }
    }

    /**
     * Lets the role go, unless somebody asked for one more poll and nobody else sees to it.
     *
     * @return false if the calling thread still holds it: poll once more, and try again
     */
    public boolean letGo() {
        return (int) STATE.getAndSet(this, FREE) != WANTED || !tryAcquire();
    }
}
