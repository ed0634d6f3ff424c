package io.outrider.protocol.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * One end of a doorbell connection: {@link #ring} wakes the peer, and a {@link DoorbellHub} with which it is registered
 * wakes this side. Safe from any thread. Nothing here blocks. When the peer is dead, ringing does nothing: its death is
 * learned from the control connection.
 *
 * <p>The channel is non-blocking, and for two reasons. A write can't be closed by an interrupt, which {@link
 * java.nio.channels.InterruptibleChannel} does only to a thread that blocks; and a full socket buffer, which means that the
 * peer has bytes enough to wake it, is simply ignored.
 */
public final class SocketDoorbell implements Doorbell, AutoCloseable {
    private final SocketChannel channel;
    private final ByteBuffer out = ByteBuffer.allocateDirect(1);
    private final ByteBuffer in = ByteBuffer.allocateDirect(1);

    /**
     * @param channel connected to the peer
     * @throws IOException if it can't be made non-blocking
     */
    public SocketDoorbell(final SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
    }

    @Override
    public void ring() {
        synchronized (out) {
            out.clear();
            try {
                channel.write(out);
            } catch (final IOException gone) {
                // The peer is dead or this side is closing. Whoever watches the control connection says so; a caller
                // that
                // has only just committed a frame has nobody to tell.
                out.clear();
            }
        }
    }

    /**
     * Takes one byte, no more: a second one may already stand for a wake-up that the reader has not seen.
     *
     * @return false if the connection has ended
     */
    boolean takeOne() {
        in.clear();
        try {
            return channel.read(in) >= 0;
        } catch (final IOException ended) {
            return false;
        }
    }

    SocketChannel channel() {
        return channel;
    }

    /** Closes the connection. Idempotent. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
