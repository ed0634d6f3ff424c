package io.outrider.launcher.local;

import io.outrider.error.CallInterruptedException;
import io.outrider.error.CallRejectedException;
import io.outrider.worker.host.HostedObject;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/** How the calls of one object get to run: the lane, as these executors see it. Safe from any thread. */
interface Turns {
    /**
     * Has a call run, here or elsewhere, once it is its turn.
     *
     * @param call runs, or is known to have been given up, when this returns or later
     */
    void offer(LocalCall call);

    /** Has the object closed, after the calls that came before. */
    default void last(final Runnable close) {
        close.run();
    }

    /** Without taking turns, on the calling thread. */
    Turns AT_ONCE = LocalCall::run;

    /** On the calling thread, so many calls at a time. */
    static Turns inline(final int concurrency) {
        return concurrency == 1 ? new OneByOne(new ReentrantLock(true)) : new AtMost(new Semaphore(concurrency, true));
    }

    /** On the threads of the object's mailbox. */
    static Turns queued(final HostedObject object, final boolean serial) {
        return call -> {
            if (serial) {
                call.requireOther(object);
            }
            object.mailbox().add(call::run);
        };
    }

    /** A lock that callers get in their order. */
    record OneByOne(ReentrantLock lock) implements Turns {
        @Override
        public void offer(final LocalCall call) {
            if (lock.isHeldByCurrentThread()) {
                throw new CallRejectedException(
                        call + " would wait for the call of the same object that it is made from: "
                                + "make the object concurrent(n), or call the method itself");
            }
            try {
                lock.lockInterruptibly();
            } catch (final InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new CallInterruptedException(
                        "interrupted while waiting for the turn of " + call + ": it did not run");
            }
            try {
                call.run();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void last(final Runnable close) {
            lock.lock();
            try {
                close.run();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Permits that callers get in their order. */
    record AtMost(Semaphore permits) implements Turns {
        @Override
        public void offer(final LocalCall call) {
            try {
                permits.acquire();
            } catch (final InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new CallInterruptedException(
                        "interrupted while waiting for the turn of " + call + ": it did not run");
            }
            try {
                call.run();
            } finally {
                permits.release();
            }
        }
    }
}
