package io.outrider.manager.proxy;

import io.outrider.manager.port.LockPort;
import java.util.Date;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/**
 * A condition of a lock. However a wait ends, the caller has the lock then: an interrupt cancels the wait for the
 * signal, not that.
 */
@SuppressWarnings("WaitNotInLoop") // the loop is the caller's
final class ConditionProxy extends Proxy<LockPort> implements Condition {
    private static final long serialVersionUID = 1L;

    private final int number;

    ConditionProxy(final LockPort port, final int number) {
        super(port);
        this.number = number;
    }

    private CompletableFuture<Integer> enter(final long timeoutNs) {
        return port.await(number, Waits.thread(), timeoutNs);
    }

    @Override
    public void await() throws InterruptedException {
        Waits.checkInterrupt();
        Waits.interruptibly(port, enter(LockPort.FOR_EVER));
    }

    @Override
    public void awaitUninterruptibly() {
        Waits.uninterruptibly(port, enter(LockPort.FOR_EVER));
    }

    private boolean awaitSignal(final long timeoutNs) throws InterruptedException {
        Waits.checkInterrupt();
        return Waits.interruptibly(port, enter(timeoutNs)) == LockPort.GRANTED;
    }

    @Override
    public long awaitNanos(final long nanosTimeout) throws InterruptedException {
        final long deadline = System.nanoTime() + nanosTimeout;
        final boolean signalled = awaitSignal(Waits.nanos(nanosTimeout, TimeUnit.NANOSECONDS));
        final long left = deadline - System.nanoTime();
        return signalled ? left : Math.min(0, left);
    }

    @Override
    public boolean await(final long time, final TimeUnit unit) throws InterruptedException {
        return awaitSignal(Waits.nanos(time, unit));
    }

    @Override
    @SuppressWarnings("JavaUtilDate") // the interface's
    public boolean awaitUntil(final Date deadline) throws InterruptedException {
        return awaitSignal(Waits.nanos(deadline.getTime() - System.currentTimeMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void signal() {
        Thrown.by(() -> port.signal(number, Waits.thread(), false));
    }

    @Override
    public void signalAll() {
        Thrown.by(() -> port.signal(number, Waits.thread(), true));
    }

    @Override
    public boolean equals(final Object other) {
        return super.equals(other) && ((ConditionProxy) other).number == number;
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + number;
    }
}
