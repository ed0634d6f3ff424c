package io.outrider.protocol.attach;

import io.outrider.error.OutriderException;
import io.outrider.protocol.attach.AttachDescriptor.Hello;
import io.outrider.protocol.attach.AttachDescriptor.KeyKind;
import io.outrider.protocol.control.ControlConnection;
import io.outrider.protocol.control.PrivateSocket;
import io.outrider.protocol.control.SecretToken;
import io.outrider.telemetry.Log;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Where a worker waits for processes that want to attach. One thread accepts; each peer is examined on a thread of its own, so
 * that one which says nothing holds up nobody, and only so many at a time. A peer is let in if the kernel says that it
 * runs as this user and it proves that it holds a key; nothing else that it sent is looked at before. Others are counted and
 * closed.
 */
public final class AttachListener implements AutoCloseable {
    private static final Log LOG = Log.of(AttachListener.class);
    private static final int MAX_STRANGERS = 64;

    private final Path socket;
    private final ServerSocketChannel channel;
    private final Selector selector;
    private final UserPrincipal user;
    private final Function<KeyKind, SecretToken> keys;
    private final Visitor visitor;
    private final AtomicLong rejected = new AtomicLong();
    private final Semaphore strangers = new Semaphore(MAX_STRANGERS);
    private final Thread thread = new Thread(this::accept, "outrider-door");

    /** Who takes over a peer that was let in. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Takes over, on a thread of the peer's own.
         *
         * @param hello who it is
         * @param connection to it, for this to close
         * @throws IOException if it ended
         */
        void admitted(Hello hello, ControlConnection connection) throws IOException;
    }

    private AttachListener(
            final Path socket,
            final ServerSocketChannel channel,
            final Selector selector,
            final Function<KeyKind, SecretToken> keys,
            final Visitor visitor)
            throws IOException {
        this.socket = socket;
        this.channel = channel;
        this.selector = selector;
        this.user = Files.getOwner(socket);
        this.keys = keys;
        this.visitor = visitor;
        thread.setDaemon(true);
    }

    /**
     * Begins to listen.
     *
     * @param socket the file to make, in a private directory
     * @param keys the secrets
     * @param visitor takes over who was let in
     * @return the listener, to be started
     * @throws IOException if the socket can't be made
     */
    public static AttachListener bind(
            final Path socket, final Function<KeyKind, SecretToken> keys, final Visitor visitor) throws IOException {
        final ServerSocketChannel channel = PrivateSocket.bind(socket);
        Selector selector = null;
        try {
            // An interrupt would close a channel in which a thread blocks.
            channel.configureBlocking(false);
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_ACCEPT);
            return new AttachListener(socket, channel, selector, keys, visitor);
        } catch (final IOException e) {
            channel.close();
            if (selector != null) {
                selector.close();
            }
            throw e;
        }
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /**
     * How many peers were turned away.
     *
     * @return the count so far
     */
    public long rejected() {
        return rejected.get();
    }

    private void accept() {
        while (channel.isOpen()) {
            try {
                selector.select();
                selector.selectedKeys().clear();
                Thread.interrupted(); // by user code that walks all threads; it means nothing here
                final SocketChannel peer = channel.accept();
                if (peer != null) {
                    receive(peer);
                }
            } catch (final IOException | ClosedSelectorException e) {
                if (channel.isOpen()) {
                    LOG.warn("a peer on {} could not be accepted", socket, e);
                } else {
                    LOG.debug("nobody can attach any more: {}", e.toString());
                }
            }
        }
    }

    private void receive(final SocketChannel peer) {
        if (!strangers.tryAcquire()) {
            reject("too many that have not proved themselves wait", peer);
            return;
        }
        final Thread own = new Thread(() -> examine(peer), "outrider-client");
        own.setDaemon(true);
        own.start();
    }

    private void examine(final SocketChannel peer) {
        boolean stranger = true;
        try {
            PrivateSocket.checkUser(peer, user, socket);
            final ControlConnection connection = new ControlConnection(peer);
            final Hello hello = AttachHandshake.admit(connection, keys);
            strangers.release();
            stranger = false;
            visitor.admitted(hello, connection);
        } catch (final IOException | OutriderException e) {
            if (stranger) {
                strangers.release();
                reject(e.toString(), peer);
            } else {
                LOG.warn("a client could not attach or be attended to", e);
                close(peer);
            }
        }
    }

    private void reject(final String reason, final SocketChannel peer) {
        rejected.incrementAndGet();
        LOG.warn("turned away a peer on {}: {}", socket, reason);
        close(peer);
    }

    private static void close(final SocketChannel peer) {
        try {
            peer.close();
        } catch (final IOException e) {
            LOG.debug("closing a connection failed: {}", e.toString());
        }
    }

    /** Lets nobody in any more. Those that are in stay. */
    @Override
    public void close() throws IOException {
        channel.close();
        selector.close();
    }
}
