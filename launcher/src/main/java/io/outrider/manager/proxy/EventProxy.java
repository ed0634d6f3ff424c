package io.outrider.manager.proxy;

import io.outrider.manager.port.EventPort;
import io.outrider.manager.sync.SharedEvent;
import java.util.concurrent.TimeUnit;

/** An event. */
final class EventProxy extends Proxy<EventPort> implements SharedEvent {
    private static final long serialVersionUID = 1L;

    EventProxy(final EventPort port) {
        super(port);
    }

    @Override
    public void set() {
        port.set();
    }

    @Override
    public void clear() {
        port.clear();
    }

    @Override
    public boolean isSet() {
        return port.isSet();
    }

    @Override
    public int getNumberWaiting() {
        return port.waiting();
    }

    @Override
    public void await() throws InterruptedException {
        Waits.checkInterrupt();
        Waits.interruptibly(port, port.await(Waits.thread(), EventPort.FOR_EVER));
    }

    @Override
    public boolean await(final long time, final TimeUnit unit) throws InterruptedException {
        Waits.checkInterrupt();
        return Waits.interruptibly(port, port.await(Waits.thread(), Waits.nanos(time, unit))) == EventPort.SET;
    }
}
