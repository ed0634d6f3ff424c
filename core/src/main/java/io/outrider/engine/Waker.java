package io.outrider.engine;

import io.outrider.protocol.control.Doorbell;
import io.outrider.transport.LinkStatus;
import io.outrider.transport.Side;
import java.lang.invoke.VarHandle;

/** Wakes the reader on the other side of a link, if it has parked. Safe from any thread; costs a fence and a load if not. */
public final class Waker {
    private final LinkStatus status;
    private final Side reader;
    private final Doorbell doorbell;

    /**
     * @param status of the link
     * @param reader the side to wake
     * @param doorbell that it waits for
     */
    public Waker(final LinkStatus status, final Side reader, final Doorbell doorbell) {
        this.status = status;
        this.reader = reader;
        this.doorbell = doorbell;
    }

    /** After a commit: sees to it that the reader finds the frame. True if it had parked, and takes a while to be back. */
    public boolean wake() {
        VarHandle.fullFence(); // the commit before the flag; pairs with LinkStatus.park
        if (status.takeParked(reader)) {
            doorbell.ring();
            return true;
        }
        return false;
    }
}
