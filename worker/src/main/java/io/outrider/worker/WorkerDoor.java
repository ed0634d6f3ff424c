package io.outrider.worker;

import io.outrider.error.ProtocolException;
import io.outrider.protocol.attach.AttachDescriptor.Hello;
import io.outrider.protocol.attach.AttachDescriptor.KeyKind;
import io.outrider.protocol.attach.AttachDescriptor.Role;
import io.outrider.protocol.attach.AttachListener;
import io.outrider.protocol.control.ControlConnection;
import io.outrider.protocol.control.ControlMessage.Admitted;
import io.outrider.protocol.control.ControlMessage.Ready;
import io.outrider.protocol.control.ControlMessage.Trust;
import io.outrider.protocol.control.ControlMessage.Welcome;
import io.outrider.protocol.control.DoorbellHub;
import io.outrider.protocol.control.SocketDoorbell;
import io.outrider.telemetry.Log;
import io.outrider.transport.Link;
import io.outrider.transport.LinkSpec;
import io.outrider.transport.Side;
import io.outrider.transport.TransportProvider;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Where other processes than the launcher come in. Each gets a link of its own, in a directory of its own, and a thread that
 * notices its end; what it leaves is cleared away without a trace to the others.
 */
final class WorkerDoor implements AutoCloseable {
    private static final Log LOG = Log.of(WorkerDoor.class);
    private static final long STEP_S = 10;

    private final Path directory;
    private final Terms terms;
    private final DoorbellHub hub;
    private final Host host;
    private final AttachListener listener;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, CompletableFuture<SocketDoorbell>> expected = new ConcurrentHashMap<>();

    /** What a worker tells those that attach: the terms that its launcher gave it. */
    record Terms(int workerId, int incarnation, TransportProvider transport, Welcome welcome, Trust trust) {}

    private WorkerDoor(final Path directory, final Terms terms, final DoorbellHub hub, final Host host)
            throws IOException {
        this.directory = directory;
        this.terms = terms;
        this.hub = hub;
        this.host = host;
        final Trust trust = terms.trust();
        this.listener = AttachListener.bind(
                directory.resolve(WorkerSession.DOOR_NAME),
                key -> key == KeyKind.OWN ? trust.own() : trust.shared(),
                this::admitted);
    }

    static WorkerDoor open(final Path directory, final Terms terms, final DoorbellHub hub, final Host host)
            throws IOException {
        final WorkerDoor door = new WorkerDoor(directory, terms, hub, host);
        host.countRefusedClients(door.listener::rejected);
        door.listener.start();
        return door;
    }

    private void admitted(final Hello hello, final ControlConnection connection) throws IOException {
        if (hello.role() == Role.PROOF) {
            connection.close();
            return;
        }
        if (hello.role() == Role.DOORBELL) {
            final CompletableFuture<SocketDoorbell> waiting = expected.remove(hello.client());
            if (waiting == null) {
                connection.close();
                throw new ProtocolException("process " + hello.pid() + " opens the doorbell of client " + hello.client()
                        + ", which nobody is");
            }
            waiting.complete(connection.toDoorbell());
            return;
        }
        try (connection) {
            attend(hello, connection);
        }
    }

    private void attend(final Hello hello, final ControlConnection connection) throws IOException {
        final int number = numbers.incrementAndGet();
        final CompletableFuture<SocketDoorbell> bell = new CompletableFuture<>();
        expected.put(number, bell);
        final LinkSpec spec = linkOf(number);
        try {
            terms.transport().create(spec);
            serve(hello, connection, number, spec, bell);
        } finally {
            expected.remove(number);
            bell.cancel(false);
        }
    }

    private void serve(
            final Hello hello,
            final ControlConnection connection,
            final int number,
            final LinkSpec spec,
            final CompletableFuture<SocketDoorbell> expectedBell)
            throws IOException {
        final Link link = terms.transport().open(spec, Side.WORKER);
        boolean adopted = false;
        try {
            connection.send(
                    new Admitted(
                            number,
                            terms.workerId(),
                            terms.incarnation(),
                            ProcessHandle.current().pid()),
                    inTime());
            connection.send(
                    new Welcome(spec, terms.welcome().limits(), terms.welcome().vocabulary(), null), inTime());
            try (SocketDoorbell bell = await(expectedBell)) {
                hub.register(bell);
                adopted = true;
                try (AutoCloseable attached = host.attach(number, link, bell, () -> delete(spec.directory()))) {
                    connection.send(new Ready(Integer.toString(Runtime.version().feature())), inTime());
                    LOG.debug("process {} is client {}, {}", hello.pid(), number, attached);
                    awaitEnd(connection);
                } finally {
                    hub.unregister(bell);
                }
            }
        } catch (final IOException | RuntimeException e) {
            throw e;
        } catch (final Exception impossible) { // closing what attach gave throws nothing
            throw new IllegalStateException(impossible);
        } finally {
            if (!adopted) {
                link.close();
                delete(spec.directory());
            }
        }
    }

    private static SocketDoorbell await(final CompletableFuture<SocketDoorbell> bell) throws IOException {
        try {
            return bell.get(STEP_S, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a client was expected to open its doorbell");
        } catch (final TimeoutException | ExecutionException e) {
            throw new IOException("a client did not open its doorbell", e);
        }
    }

    private void awaitEnd(final ControlConnection connection) throws IOException {
        while (true) {
            try {
                final Object message = connection.receive(ControlConnection.FOREVER);
                throw new ProtocolException("a client sent " + message + ", which nobody asked for");
            } catch (final EOFException end) {
                LOG.debug("a client has ended: {}", end.toString());
                return;
            } catch (final InterruptedIOException e) {
                // User code that walks all threads interrupted this one; it is nobody's to interrupt.
                Thread.interrupted();
            }
        }
    }

    private LinkSpec linkOf(final int number) {
        final LinkSpec own = terms.welcome().link();
        return new LinkSpec(
                own.transport(),
                directory.resolve("c" + number),
                own.laneBytes(),
                own.maxFrameBytes(),
                own.arenaBytes());
    }

    private static long inTime() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(STEP_S);
    }

    /** What stays goes with the worker's directory. */
    private static void delete(final Path tree) {
        try (Stream<Path> found = Files.walk(tree)) {
            final List<Path> all = found.sorted(Comparator.reverseOrder()).toList();
            for (final Path each : all) {
                Files.deleteIfExists(each);
            }
        } catch (final IOException e) {
            LOG.warn("the files of a client that has ended stay until this worker ends: {}", e.toString());
        }
    }

    /** Lets nobody in any more. */
    @Override
    public void close() throws IOException {
        listener.close();
    }
}
