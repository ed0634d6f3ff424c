package io.outrider.manager.proxy;

import io.outrider.manager.port.SemaphorePort;
import io.outrider.manager.sync.SharedSemaphore;
import java.util.concurrent.TimeUnit;

/** A semaphore. */
final class SemaphoreProxy extends Proxy<SemaphorePort> implements SharedSemaphore {
    private static final long serialVersionUID = 1L;

    SemaphoreProxy(final SemaphorePort port) {
        super(port);
    }

    @Override
    public void acquire(final int permits) throws InterruptedException {
        Waits.checkInterrupt();
        if (!tryAcquire(permits)) {
            Waits.interruptibly(port, port.acquire(permits, Waits.thread(), SemaphorePort.FOR_EVER));
        }
    }

    @Override
    public boolean tryAcquire(final int permits) {
        return port.tryAcquire(notNegative(permits));
    }

    @Override
    public boolean tryAcquire(final int permits, final long time, final TimeUnit unit) throws InterruptedException {
        Waits.checkInterrupt();
        final long timeoutNs = Waits.nanos(time, unit);
        return tryAcquire(permits)
                || (timeoutNs > 0
                        && Waits.interruptibly(port, port.acquire(permits, Waits.thread(), timeoutNs))
                                == SemaphorePort.GRANTED);
    }

    @Override
    public void release(final int permits) {
        Thrown.by(() -> port.release(notNegative(permits)));
    }

    private static int notNegative(final int permits) {
        if (permits < 0) {
            throw new IllegalArgumentException("permits is " + permits + ": it must be 0 or more");
        }
        return permits;
    }

    @Override
    public int drainPermits() {
        return port.drain();
    }

    @Override
    public int availablePermits() {
        return port.available();
    }

    @Override
    public boolean isBroken() {
        return port.isBroken();
    }

    @Override
    public void mend() {
        port.mend();
    }
}
