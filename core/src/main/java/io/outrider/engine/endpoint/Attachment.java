package io.outrider.engine.endpoint;

import io.outrider.config.BackPressure;
import io.outrider.config.LinkConfig;
import io.outrider.config.OnStuck;
import io.outrider.engine.CallClient;
import io.outrider.engine.ClientThreads;
import io.outrider.engine.IdlePolicy;
import io.outrider.error.ClosedException;
import io.outrider.error.DeathReport;
import io.outrider.error.OutriderException;
import io.outrider.error.ProtocolException;
import io.outrider.error.WorkerDiedException;
import io.outrider.marshal.Marshaller;
import io.outrider.protocol.attach.AttachDescriptor.Hello;
import io.outrider.protocol.attach.AttachDescriptor.KeyKind;
import io.outrider.protocol.attach.AttachDescriptor.Role;
import io.outrider.protocol.attach.AttachHandshake;
import io.outrider.protocol.control.ControlConnection;
import io.outrider.protocol.control.ControlMessage;
import io.outrider.protocol.control.ControlMessage.Admitted;
import io.outrider.protocol.control.ControlMessage.Limits;
import io.outrider.protocol.control.ControlMessage.Ready;
import io.outrider.protocol.control.ControlMessage.Welcome;
import io.outrider.protocol.control.SecretToken;
import io.outrider.protocol.control.SocketDoorbell;
import io.outrider.telemetry.Log;
import io.outrider.transport.Link;
import io.outrider.transport.LinkSpec;
import io.outrider.transport.Side;
import io.outrider.transport.TransportProvider;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A link of this process to a worker that it did not start. Its end of file is the notice that the worker is gone: then each
 * call that waits fails, and new ones are refused. Safe from any thread.
 */
final class Attachment implements AutoCloseable {
    private static final Log LOG = Log.of(Attachment.class);
    private static final long STEP_NS = TimeUnit.SECONDS.toNanos(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int UNKNOWN = -1;

    private final ControlConnection connection;
    private final SocketDoorbell bell;
    private final Replying replying;
    private final Admitted admitted;
    private final CallClient client;
    private final Consumer<Attachment> onEnd;
    private final long sinceNs = System.nanoTime();
    private final AtomicBoolean released = new AtomicBoolean();
    private final Thread watcher;
    private volatile boolean closed;

    /**
     * What this side names.
     *
     * @param kind which secret it is
     * @param secret that both sides hold
     * @param serializer that the worker must have, or null for whichever it has
     */
    record Key(KeyKind kind, SecretToken secret, @Nullable String serializer) {}

    private Attachment(
            final ControlConnection connection,
            final SocketDoorbell bell,
            final Replying replying,
            final Admitted admitted,
            final CallClient client,
            final Consumer<Attachment> onEnd) {
        this.connection = connection;
        this.bell = bell;
        this.replying = replying;
        this.admitted = admitted;
        this.client = client;
        this.onEnd = onEnd;
        this.watcher = new Thread(this::watch, "outrider-attached-" + admitted.workerId());
        watcher.setDaemon(true);
    }

    /**
     * Attaches to a worker.
     *
     * @param socket where it listens
     * @param key what this side names
     * @param replying polls for what nobody waits for
     * @param onEnd told once, when the link is gone
     * @return the attachment
     * @throws io.outrider.error.AuthenticationException if the secret is wrong
     * @throws ClosedException if no worker listens there any more
     * @throws OutriderException if the two sides do not fit
     */
    static Attachment open(
            final Path socket, final Key key, final Replying replying, final Consumer<Attachment> onEnd) {
        final Hello hello =
                new Hello(Role.CONTROL, key.kind(), 0, ProcessHandle.current().pid());
        try {
            final ControlConnection connection = AttachHandshake.connect(socket, hello, key.secret());
            try {
                return converse(connection, socket, hello, key, replying, onEnd);
            } catch (final IOException | RuntimeException | Error e) {
                connection.close();
                throw e;
            }
        } catch (final SocketTimeoutException e) {
            throw unanswered(socket, e);
        } catch (final InterruptedIOException e) {
            throw new ClosedException("interrupted while attaching to the worker at " + socket, e);
        } catch (final IOException e) {
            throw new ClosedException("no worker can be reached at " + socket + ": " + e.getMessage(), e);
        }
    }

    /** Has the worker and this process prove to each other that both hold its secret, and no more. */
    static void prove(final Path socket, final SecretToken secret) {
        final Hello hello =
                new Hello(Role.PROOF, KeyKind.OWN, 0, ProcessHandle.current().pid());
        try {
            AttachHandshake.connect(socket, hello, secret).close();
        } catch (final SocketTimeoutException e) {
            throw unanswered(socket, e);
        } catch (final IOException e) {
            throw new ClosedException("no worker can be reached at " + socket + ": " + e.getMessage(), e);
        }
    }

    private static ClosedException unanswered(final Path socket, final SocketTimeoutException e) {
        return new ClosedException(
                "the worker at " + socket + " did not answer in time: it is stopped, or gets no processor; try again",
                e);
    }

    private static Attachment converse(
            final ControlConnection connection,
            final Path socket,
            final Hello hello,
            final Key key,
            final Replying replying,
            final Consumer<Attachment> onEnd)
            throws IOException {
        final Admitted admitted = expect(Admitted.class, connection);
        final Welcome welcome = expect(Welcome.class, connection);
        Agreement.requireSerializer(
                key.serializer(), welcome.vocabulary().serializer().name(), socket.toString());
        final Marshaller marshaller = replying.agree(welcome.vocabulary());
        final LinkSpec spec = here(welcome.link(), socket);
        final Link link = TransportProvider.named(spec.transport(), ClassLoader.getSystemClassLoader())
                .open(spec, Side.CLIENT);
        try {
            final Hello ringer = new Hello(Role.DOORBELL, hello.key(), admitted.client(), hello.pid());
            final SocketDoorbell bell =
                    AttachHandshake.connect(socket, ringer, key.secret()).toDoorbell();
            try {
                expect(Ready.class, connection);
                final CallClient client = new CallClient(
                        admitted.workerId(),
                        link,
                        marshaller,
                        configOf(spec, welcome.limits()),
                        new IdlePolicy(
                                welcome.limits().waitStrategy(),
                                Runtime.getRuntime().availableProcessors()),
                        bell,
                        new ClientThreads(ForkJoinPool.commonPool(), Attachment::produce));
                return new Attachment(connection, bell, replying, admitted, client, onEnd).begin();
            } catch (final IOException | RuntimeException | Error e) {
                bell.close();
                throw e;
            }
        } catch (final IOException | RuntimeException | Error e) {
            link.close();
            throw e;
        }
    }

    /** What a worker pulls from this process may take long, so it gets a thread of its own for that. */
    private static void produce(final Runnable production) {
        final Thread thread = new Thread(production, "outrider-stream");
        thread.setDaemon(true);
        thread.start();
    }

    private Attachment begin() throws IOException {
        replying.add(client, bell);
        watcher.start();
        return this;
    }

    private static <M extends ControlMessage> M expect(final Class<M> type, final ControlConnection connection)
            throws IOException {
        final ControlMessage message = connection.receive(System.nanoTime() + STEP_NS);
        if (type.isInstance(message)) {
            return type.cast(message);
        }
        throw new ProtocolException("a worker sent " + message + " where " + type.getSimpleName() + " was expected");
    }

    /** The worker may know its directory by another name than this process, as across the border of a container. */
    private static LinkSpec here(final LinkSpec there, final Path socket) {
        return new LinkSpec(
                there.transport(),
                socket.resolveSibling(String.valueOf(there.directory().getFileName())),
                there.laneBytes(),
                there.maxFrameBytes(),
                there.arenaBytes());
    }

    private static LinkConfig configOf(final LinkSpec spec, final Limits limits) {
        return new LinkConfig(
                spec.transport(),
                spec.laneBytes(),
                limits.maxPayloadBytes(),
                spec.arenaBytes(),
                limits.maxInFlight(),
                limits.waitStrategy(),
                BackPressure.TIME_OUT,
                PATIENCE,
                null,
                OnStuck.LEAVE,
                PATIENCE,
                true,
                limits.streamWindow(),
                limits.streamWindowBytes());
    }

    CallClient client() {
        return client;
    }

    /** Whether this side has given the link up. */
    boolean isClosed() {
        return closed;
    }

    int workerId() {
        return admitted.workerId();
    }

    private void watch() {
        while (true) {
            try {
                LOG.warn(
                        "worker {} sent {}, which nobody asked for",
                        workerId(),
                        connection.receive(ControlConnection.FOREVER));
            } catch (final InterruptedIOException e) {
                Thread.interrupted(); // user code that walks all threads does not mean that the worker is dead
            } catch (final IOException | OutriderException e) {
                LOG.debug("the connection to worker {} ended: {}", workerId(), e.toString());
                break;
            }
        }
        release();
    }

    private void release() {
        if (!released.compareAndSet(false, true)) {
            return;
        }
        client.end(
                closed
                        ? () -> new ClosedException("the connection to worker " + workerId() + " was closed")
                        : () -> new WorkerDiedException(report()));
        onEnd.accept(this);
        replying.remove(client, bell);
        if (!client.close()) {
            LOG.warn("the link to worker {} stays mapped: {} calls are still in it", workerId(), client.inFlight());
        }
        closeQuietly(bell);
        closeQuietly(connection);
    }

    private DeathReport report() {
        return new DeathReport(
                workerId(),
                admitted.incarnation(),
                admitted.pid(),
                UNKNOWN,
                Duration.ofNanos(System.nanoTime() - sinceNs),
                client.lastCall(),
                List.of(),
                null);
    }

    private static void closeQuietly(final AutoCloseable resource) {
        try {
            resource.close();
        } catch (final Exception e) {
            LOG.debug("closing a connection failed: {}", e.toString());
        }
    }

    /** Gives up the link; the worker goes on. Calls that are in flight fail. Idempotent. */
    @Override
    public void close() {
        closed = true;
        release();
        boolean interrupted = false;
        while (watcher.isAlive() && Thread.currentThread() != watcher) {
            try {
                watcher.join();
            } catch (final InterruptedException e) { // its connection is closed: it ends at once
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
