package io.outrider.manager.proxy;

import io.outrider.manager.port.BarrierPort;
import io.outrider.manager.sync.SharedBarrier;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A barrier. */
final class BarrierProxy extends Proxy<BarrierPort> implements SharedBarrier {
    private static final long serialVersionUID = 1L;

    BarrierProxy(final BarrierPort port) {
        super(port);
    }

    @Override
    public int await() throws InterruptedException, BrokenBarrierException {
        try {
            return await(BarrierPort.FOR_EVER);
        } catch (final TimeoutException impossible) { // there is no time limit
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public int await(final long time, final TimeUnit unit)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        return await(Waits.nanos(time, unit));
    }

    private int await(final long timeoutNs) throws InterruptedException, BrokenBarrierException, TimeoutException {
        if (Thread.interrupted()) {
            Waits.uninterruptibly(
                    port, port.await(Waits.thread(), 0)); // an interrupted thread breaks the barrier, as the JDK's does
            throw new InterruptedException();
        }
        final int outcome = Waits.interruptibly(port, port.await(Waits.thread(), timeoutNs));
        if (outcome == BarrierPort.BROKEN) {
            throw new BrokenBarrierException("one of those who wait at " + port + " has left it");
        }
        if (outcome == BarrierPort.TIMED_OUT) {
            throw new TimeoutException("not all came to " + port + " in time");
        }
        return outcome;
    }

    @Override
    public int getParties() {
        return port.parties();
    }

    @Override
    public int getNumberWaiting() {
        return port.waiting();
    }

    @Override
    public boolean isBroken() {
        return port.isBroken();
    }

    @Override
    public void reset() {
        port.reset();
    }
}
