package io.outrider.protocol.control;

import io.outrider.error.ProtocolException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Messages to and from one peer over a Unix-domain socket. One thread may receive while another sends; {@link #close} may
 * come from any. Both block, up to a deadline of {@link System#nanoTime}. The peer's death ends a receive at once with
 * {@link EOFException}, and so does {@code close}; an interrupt ends it with {@link InterruptedIOException}, leaves the status
 * set and the connection open.
 */
public final class ControlConnection implements AutoCloseable {
    /** No deadline: waits for as long as the peer lives. */
    public static final long FOREVER = Long.MAX_VALUE;

    private static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int FIRST_READ = 64 * 1024;

    private final SocketChannel channel;
    private final Selector readable;

    /**
     * @param channel connected to the peer
     * @throws IOException if the system has no descriptor left; the channel is then closed
     */
    public ControlConnection(final SocketChannel channel) throws IOException {
        this.channel = channel;
        Selector selector = null;
        try {
            channel.configureBlocking(false);
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
        } catch (final IOException e) {
            channel.close();
            if (selector != null) {
                selector.close();
            }
            throw e;
        }
        readable = selector;
    }

    /**
     * Connects to a {@link ControlListener} and says hello.
     *
     * @param socket where it listens
     * @param hello who this is
     * @param token the proof
     * @return the connection
     * @throws IOException if nobody listens there
     */
    public static ControlConnection connect(final Path socket, final Hello hello, final SecretToken token)
            throws IOException {
        final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (final IOException e) {
            channel.close();
            throw e;
        }
        final ControlConnection connection = new ControlConnection(channel);
        try {
            connection.write(HelloDescriptor.encode(hello, token), FOREVER);
        } catch (final IOException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    /**
     * Sends one message.
     *
     * @param message to send
     * @param deadlineNs when to give up, as {@link System#nanoTime} counts, or {@link #FOREVER}
     * @throws IOException if the peer is gone or the deadline passed; the connection is then of no more use
     */
    public void send(final ControlMessage message, final long deadlineNs) throws IOException {
        write(ControlCodec.encode(message), deadlineNs);
    }

    /**
     * Receives one message.
     *
     * @param deadlineNs when to give up, as {@link System#nanoTime} counts, or {@link #FOREVER}
     * @return the message
     * @throws EOFException if the peer ended, or this side was closed
     * @throws SocketTimeoutException if the deadline passed
     * @throws InterruptedIOException if the thread was interrupted; its status stays set
     * @throws IOException if the socket failed
     * @throws ProtocolException if what came is no message
     */
    public ControlMessage receive(final long deadlineNs) throws IOException {
        final ByteBuffer header = read(ControlFrameDescriptor.HEADER_LENGTH, deadlineNs);
        final int length = header.getInt(ControlFrameDescriptor.LENGTH_OFFSET);
        if (length < 0 || length > ControlFrameDescriptor.MAX_BODY_LENGTH) {
            throw new ProtocolException("a control message that says it has " + length + " bytes: it may have 0 to "
                    + ControlFrameDescriptor.MAX_BODY_LENGTH);
        }
        final int version = header.getShort(ControlFrameDescriptor.VERSION_OFFSET);
        final int type = header.getShort(ControlFrameDescriptor.TYPE_OFFSET);
        return ControlCodec.decode(version, type, read(length, deadlineNs));
    }

    /**
     * Waits until a message has begun to arrive or the peer has ended, either of which {@link #receive} then finds.
     *
     * @param timeoutNs the longest to wait, in nanoseconds
     * @return false if the time is over
     * @throws EOFException if this side was closed
     * @throws InterruptedIOException if the thread was interrupted; its status stays set
     * @throws IOException if the socket failed
     */
    public boolean awaitMessage(final long timeoutNs) throws IOException {
        final boolean ready;
        try {
            ready = readable.select(1 + timeoutNs / NS_PER_MS) > 0;
            readable.selectedKeys().clear();
        } catch (final ClosedSelectorException e) {
            throw ended(e);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while waiting for the peer");
        }
        return ready;
    }

    /**
     * Gives the connection over to a doorbell. This connection must not be used or closed afterwards.
     *
     * @return a doorbell that owns the socket
     * @throws IOException if the socket failed
     */
    public SocketDoorbell toDoorbell() throws IOException {
        readable.close();
        return new SocketDoorbell(channel);
    }

    /**
     * Reads exactly so many bytes; memory is taken as they come, not as the peer promises. For what precedes the messages.
     *
     * @param length in bytes
     * @param deadlineNs when to give up, as {@link System#nanoTime} counts, or {@link #FOREVER}
     * @return the bytes
     * @throws IOException as {@link #receive} does
     */
    public ByteBuffer read(final int length, final long deadlineNs) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.min(length, FIRST_READ));
        while (bytes.position() < length) {
            if (!bytes.hasRemaining()) {
                bytes = ByteBuffer.allocate((int) Math.min(length, 2L * bytes.capacity()))
                        .put(bytes.flip());
            }
            final int count = readSome(bytes);
            if (count < 0) {
                throw new EOFException("the peer ended the control connection");
            }
            if (count == 0) {
                awaitReady(readable, deadlineNs);
            }
        }
        return bytes.flip();
    }

    private int readSome(final ByteBuffer bytes) throws IOException {
        try {
            return channel.read(bytes);
        } catch (final ClosedChannelException e) {
            throw ended(e);
        } catch (final java.net.SocketException e) {
            // A peer that was killed with bytes still unread resets the connection instead of ending it.
            throw ended(e);
        }
    }

    /**
     * Writes bytes as they are. For what precedes the messages.
     *
     * @param bytes all that remain in it
     * @param deadlineNs when to give up, as {@link System#nanoTime} counts, or {@link #FOREVER}
     * @throws IOException if the peer is gone or the deadline passed; the connection is then of no more use
     */
    public synchronized void write(final ByteBuffer bytes, final long deadlineNs) throws IOException {
        channel.write(bytes);
        if (!bytes.hasRemaining()) {
            return;
        }
        try (Selector writable = Selector.open()) {
            channel.register(writable, SelectionKey.OP_WRITE);
            while (bytes.hasRemaining()) {
                awaitReady(writable, deadlineNs);
                channel.write(bytes);
            }
        }
    }

    private static void awaitReady(final Selector selector, final long deadlineNs) throws IOException {
        try {
            if (deadlineNs == FOREVER) {
                selector.select();
            } else {
                final long leftNs = deadlineNs - System.nanoTime();
                if (leftNs <= 0) {
                    throw new SocketTimeoutException("the peer did not answer in time");
                }
                selector.select(1 + leftNs / NS_PER_MS);
            }
            selector.selectedKeys().clear();
        } catch (final ClosedSelectorException e) {
            throw ended(e);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while waiting for the peer");
        }
    }

    private static EOFException ended(final Exception cause) {
        final EOFException end = new EOFException("the control connection ended");
        end.initCause(cause);
        return end;
    }

    /** Closes the connection, which tells the peer, and ends a receive under way. Idempotent. */
    @Override
    public void close() throws IOException {
        channel.close();
        readable.close();
    }
}
