package io.outrider.protocol.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Where one thread blocks until any of its doorbells rings. A worker has one hub, an executor one for all its workers. One
 * thread may {@link #await}; any thread may wake, register and unregister. A peer's death ends no wait: its doorbell is
 * dropped, and its death is learned from the control connection.
 *
 * <p>One byte is one wake-up, and a wait takes at most one byte of each doorbell. The byte is taken at the start of the next
 * wait, not before returning, so that it costs the woken reader nothing. To take more would be wrong: the reader parks,
 * polls once more and only then waits, so a byte that is already there may be for frames that it has not seen.
 */
public final class DoorbellHub implements AutoCloseable {
    private static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Selector selector;
    private final List<SelectionKey> rung = new ArrayList<>();
    private final Consumer<SelectionKey> rang = rung::add;

    /** @throws UncheckedIOException if the system has no descriptor left */
    public DoorbellHub() {
        try {
            selector = Selector.open();
        } catch (final IOException e) {
            throw new UncheckedIOException("no selector for the doorbells", e);
        }
    }

    /**
     * Blocks until a doorbell rings, {@link #wake} is called, the thread is interrupted or the time is over, whichever comes
     * first; also returns for no reason. An interrupt is taken: the status is clear afterwards. After {@link #close} it
     * returns at once.
     *
     * @param timeoutNs the longest to block in nanoseconds, counted in whole milliseconds rounded up; 0 or less does not
     *     block
     */
    public void await(final long timeoutNs) {
        try {
            takeRung();
            if (timeoutNs <= 0) {
                selector.selectNow(rang);
            } else {
                selector.select(rang, 1 + (timeoutNs - 1) / NS_PER_MS);
            }
        } catch (final ClosedSelectorException closed) {
            rung.clear();
        } catch (final IOException e) {
            throw new UncheckedIOException("waiting for a doorbell failed", e);
        }
        Thread.interrupted();
    }

    /** Ends the wait under way, or the next one if none is. */
    public void wake() {
        selector.wakeup();
    }

    /**
     * Lets a doorbell end the waits of this hub.
     *
     * @param doorbell to listen to, registered with no other hub
     * @throws IOException if it is closed already
     */
    public void register(final SocketDoorbell doorbell) throws IOException {
        doorbell.channel().register(selector, SelectionKey.OP_READ, doorbell);
        // A wait under way does not see the new key until it starts again.
        selector.wakeup();
    }

    /**
     * Stops listening to a doorbell. Does nothing if it is not registered.
     *
     * @param doorbell as registered
     */
    public void unregister(final SocketDoorbell doorbell) {
        final SelectionKey key = doorbell.channel().keyFor(selector);
        if (key != null) {
            key.cancel();
            selector.wakeup();
        }
    }

    /** Ends the wait under way and all later ones. Closes no doorbell. Idempotent. */
    @Override
    public void close() {
        try {
            selector.close();
        } catch (final IOException e) {
            throw new UncheckedIOException("closing the doorbell hub failed", e);
        }
    }

    /** Not by way of {@code selectNow}: that would swallow a {@link #wake} and take from doorbells that rang since. */
    private void takeRung() {
        for (int i = 0; i < rung.size(); i++) {
            final SelectionKey key = rung.get(i);
            if (!((SocketDoorbell) key.attachment()).takeOne()) {
                // An ended connection is always readable: left here, it would turn every wait into a spin.
                key.cancel();
            }
        }
        rung.clear();
    }
}
