package io.outrider.protocol.control;

import io.outrider.error.AuthenticationException;
import io.outrider.error.ConfigurationException;
import io.outrider.error.ProtocolException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the launcher waits for a worker that it forked. One thread accepts; {@link #wake} and {@link #rejected} may come from
 * any. A peer is let in if the kernel says that it runs as this user and it shows the token; nothing else that it sent is
 * looked at before. Others are counted, closed and remembered, and the wait goes on. A peer that dies before its hello is
 * one of these.
 */
public final class ControlListener implements AutoCloseable {
    /** The longest path of a socket in bytes. */
    public static final int MAX_PATH_BYTES = PrivateSocket.MAX_PATH_BYTES;

    private static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long HELLO_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);

    private final Path socket;
    private final ServerSocketChannel channel;
    private final Selector selector;
    private final UserPrincipal user;
    private final AtomicInteger rejected = new AtomicInteger();
    private volatile @Nullable AuthenticationException lastRejection;

    private ControlListener(final Path socket, final ServerSocketChannel channel, final Selector selector)
            throws IOException {
        this.socket = socket;
        this.channel = channel;
        this.selector = selector;
        this.user = Files.getOwner(socket);
    }

    /**
     * A peer that was let in.
     *
     * @param hello who it says it is
     * @param connection to it, for the caller to close
     */
    public record Accepted(Hello hello, ControlConnection connection) {}

    /**
     * Begins to listen.
     *
     * @param socket the file to make, in a private directory
     * @return the listener
     * @throws ConfigurationException if the path is longer than a socket's may be
     * @throws IOException if it can't be made
     */
    public static ControlListener bind(final Path socket) throws IOException {
        final ServerSocketChannel channel = PrivateSocket.bind(socket);
        Selector selector = null;
        try {
            channel.configureBlocking(false);
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_ACCEPT);
            return new ControlListener(socket, channel, selector);
        } catch (final IOException e) {
            channel.close();
            if (selector != null) {
                selector.close();
            }
            throw e;
        }
    }

    /**
     * Waits for a peer that holds the token.
     *
     * @param token that it must show
     * @param deadlineNs when to give up, as {@link System#nanoTime} counts
     * @param expected asked now and after each {@link #wake}: whether the peer may still come
     * @return the peer
     * @throws EOFException if it is no longer expected
     * @throws SocketTimeoutException if the deadline passed
     * @throws InterruptedIOException if the thread was interrupted; its status stays set
     * @throws IOException if the socket failed
     * @throws ProtocolException if the peer holds the token but says no hello that makes sense
     */
    public Accepted accept(final SecretToken token, final long deadlineNs, final BooleanSupplier expected)
            throws IOException {
        while (true) {
            final SocketChannel peer = channel.accept();
            if (peer != null) {
                final Accepted accepted = admit(peer, token, deadlineNs);
                if (accepted != null) {
                    return accepted;
                }
            } else if (!expected.getAsBoolean()) {
                throw new EOFException("the peer ended before it connected");
            } else {
                awaitPeer(deadlineNs);
            }
        }
    }

    /** Lets an {@link #accept} under way ask again whether its peer is expected. */
    public void wake() {
        selector.wakeup();
    }

    /**
     * How many peers were turned away.
     *
     * @return the count so far
     */
    public int rejected() {
        return rejected.get();
    }

    /**
     * Why the last peer was turned away.
     *
     * @return the reason, or null if none was
     */
    public @Nullable AuthenticationException lastRejection() {
        return lastRejection;
    }

    /** Stops listening and deletes the socket; connections stay. Idempotent. */
    @Override
    public void close() throws IOException {
        channel.close();
        selector.close();
        Files.deleteIfExists(socket);
    }

    private @Nullable Accepted admit(final SocketChannel peer, final SecretToken token, final long deadlineNs)
            throws IOException {
        final ControlConnection connection = new ControlConnection(peer);
        try {
            PrivateSocket.checkUser(peer, user, socket);
            final long helloDeadlineNs = Math.min(deadlineNs, System.nanoTime() + HELLO_TIMEOUT_NS);
            final ByteBuffer hello = connection.read(HelloDescriptor.LENGTH, helloDeadlineNs);
            if (!HelloDescriptor.isFrom(hello, token)) {
                throw new AuthenticationException("a peer on " + socket + " does not hold the worker's token");
            }
            return new Accepted(HelloDescriptor.decode(hello), connection);
        } catch (final AuthenticationException e) {
            reject(connection, e);
        } catch (final EOFException | SocketTimeoutException e) {
            reject(connection, new AuthenticationException("a peer on " + socket + " said no hello", e));
        } catch (final IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
        return null;
    }

    private void reject(final ControlConnection connection, final AuthenticationException reason) throws IOException {
        rejected.incrementAndGet();
        lastRejection = reason;
        connection.close();
    }

    private void awaitPeer(final long deadlineNs) throws IOException {
        final long leftNs = deadlineNs - System.nanoTime();
        if (leftNs <= 0) {
            throw new SocketTimeoutException("the peer did not connect in time");
        }
        try {
            selector.select(1 + leftNs / NS_PER_MS);
            selector.selectedKeys().clear();
        } catch (final ClosedSelectorException e) {
            throw new IOException("the listener was closed", e);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while waiting for the peer");
        }
    }
}
