package io.outrider.worker;

import io.outrider.error.ContractException;
import io.outrider.error.OutriderException;
import io.outrider.error.ProtocolException;
import io.outrider.protocol.attach.TrustDomain;
import io.outrider.protocol.control.ControlConnection;
import io.outrider.protocol.control.ControlFrameDescriptor;
import io.outrider.protocol.control.ControlMessage;
import io.outrider.protocol.control.ControlMessage.Failed;
import io.outrider.protocol.control.ControlMessage.Ready;
import io.outrider.protocol.control.ControlMessage.Refused;
import io.outrider.protocol.control.ControlMessage.Shutdown;
import io.outrider.protocol.control.ControlMessage.Trust;
import io.outrider.protocol.control.ControlMessage.Welcome;
import io.outrider.protocol.control.DoorbellHub;
import io.outrider.protocol.control.Hello;
import io.outrider.protocol.control.SecretToken;
import io.outrider.protocol.control.SocketDoorbell;
import io.outrider.transport.Link;
import io.outrider.transport.Side;
import io.outrider.transport.TransportProvider;
import io.outrider.worker.host.WorkerIdentity;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The life of a worker process from its token to its exit, on the thread that calls {@link #run}, the JVM's main thread. The
 * launcher's death is noticed on other threads too and ends the JVM; see {@link LauncherLoss}.
 */
public final class WorkerSession {
    /** The socket in the worker's directory at which the launcher listens. */
    public static final String SOCKET_NAME = "control.sock";
    /** The socket in the worker's directory at which the worker listens for other clients. */
    public static final String DOOR_NAME = "door.sock";

    private static final long PARENT_POLL_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Path directory;
    private final int workerId;
    private final int incarnation;
    private final String transportName;
    private final WorkerKit kit;
    private final Watchdog watchdog = new Watchdog();
    private final LauncherLoss launcherLoss;

    /**
     * @param directory the worker's own, with the socket
     * @param workerId of this worker
     * @param incarnation which process of that worker this is
     * @param transportName the transport of its link
     * @param kit the layers above
     */
    public WorkerSession(
            final Path directory,
            final int workerId,
            final int incarnation,
            final String transportName,
            final WorkerKit kit) {
        this.directory = directory;
        this.workerId = workerId;
        this.incarnation = incarnation;
        this.transportName = transportName;
        this.kit = kit;
        this.launcherLoss = new LauncherLoss("worker " + workerId, watchdog);
    }

    /**
     * Lives until the launcher says to end, or is gone.
     *
     * @param stdin the process's own: the token, and then nothing until the launcher ends
     * @return the exit code
     */
    public int run(final InputStream stdin) {
        TerminalSignals.ignoreInterrupt();
        watchdog.start();
        try {
            final SecretToken token = SecretToken.readFrom(stdin);
            launcherLoss.watch(stdin);
            try (ControlConnection control = connect(Hello.Role.CONTROL, token)) {
                return converse(control, token);
            }
        } catch (final EOFException e) {
            launcherLoss.lost("the control link ended");
            return WorkerExit.LAUNCHER_LOST;
        } catch (final IOException e) {
            WorkerExit.say("outrider: worker " + workerId + " can't reach its launcher at "
                    + directory.resolve(SOCKET_NAME) + ": " + e);
            return WorkerExit.USAGE;
        }
    }

    private ControlConnection connect(final Hello.Role role, final SecretToken token) throws IOException {
        final Hello hello = new Hello(
                ControlFrameDescriptor.VERSION,
                role,
                workerId,
                incarnation,
                ProcessHandle.current().pid());
        return ControlConnection.connect(directory.resolve(SOCKET_NAME), hello, token);
    }

    private int converse(final ControlConnection control, final SecretToken token) throws IOException {
        final Welcome welcome;
        final Trust trust;
        final TransportProvider transport;
        try {
            transport = TransportProvider.named(transportName, ClassLoader.getSystemClassLoader());
            transport.prepare(); // while the launcher makes the link
            welcome = expectWelcome(control.receive(ControlConnection.FOREVER));
            trust = expectTrust(control.receive(ControlConnection.FOREVER));
            TrustDomain.join(trust.shared());
            kit.agree(welcome.vocabulary());
        } catch (final OutriderException e) {
            control.send(new Refused(reason(e), String.valueOf(e.getMessage())), ControlConnection.FOREVER);
            return WorkerExit.REFUSED;
        }
        try (SocketDoorbell bell = connect(Hello.Role.DOORBELL, token).toDoorbell();
                DoorbellHub hub = new DoorbellHub()) {
            hub.register(bell);
            return open(control, new WorkerDoor.Terms(workerId, incarnation, transport, welcome, trust), hub, bell);
        }
    }

    @SuppressWarnings("try") // the door stands open, and nothing is asked of it
    private int open(
            final ControlConnection control,
            final WorkerDoor.Terms terms,
            final DoorbellHub hub,
            final SocketDoorbell bell)
            throws IOException {
        final Welcome welcome = terms.welcome();
        final Host host;
        try {
            final Link link = terms.transport().open(welcome.link(), Side.WORKER);
            host = kit.open(identity(), link, hub, bell, welcome.limits());
            if (welcome.initializer() != null) {
                kit.initialize(workerId, welcome.initializer());
            }
        } catch (final Throwable e) {
            // Whatever the initializer threw, an Error too, is the launcher's to report.
            return failed(control, e);
        }
        launcherLoss.serving(host, Duration.ofMillis(welcome.limits().orphanGraceMs()));
        host.start();
        final Duration drain;
        try (WorkerDoor door = WorkerDoor.open(directory, terms, hub, host)) {
            control.send(new Ready(Integer.toString(Runtime.version().feature())), ControlConnection.FOREVER);
            drain = awaitShutdown(control);
        }
        if (!host.drain(drain)) {
            WorkerExit.say("outrider: worker " + workerId + " ends with " + host.running()
                    + " calls still running after " + drain.toMillis() + " ms");
            host.interruptAll();
        }
        host.close();
        // The link stays mapped until the process is gone: a leader that spins may be looking at it at this moment.
        launcherLoss.ending();
        return WorkerExit.OK;
    }

    private WorkerIdentity identity() {
        return new WorkerIdentity(
                workerId, directory.resolve(DOOR_NAME).toString(), ClassLoader.getSystemClassLoader());
    }

    private int failed(final ControlConnection control, final Throwable failure) throws IOException {
        WorkerExit.say("outrider: worker " + workerId + " can't start: " + failure);
        // An initializer may leave the thread interrupted, and an interrupted thread could not send this.
        Thread.interrupted();
        control.send(new Failed(failure.toString(), kit.encode(failure)), ControlConnection.FOREVER);
        return WorkerExit.START_FAILED;
    }

    private Duration awaitShutdown(final ControlConnection control) throws IOException {
        while (true) {
            try {
                if (control.awaitMessage(PARENT_POLL_NS)) {
                    return expectShutdown(control.receive(ControlConnection.FOREVER));
                }
            } catch (final EOFException e) { // here, where all that running calls need is still open
                launcherLoss.lost("the control link ended");
            } catch (final InterruptedIOException e) {
                // User code that walks all threads interrupted this one; it is nobody's to interrupt.
                Thread.interrupted();
            }
            if (launcherLoss.parentChanged()) {
                launcherLoss.lost("another process is its parent now");
            }
        }
    }

    private static Welcome expectWelcome(final ControlMessage message) {
        if (message instanceof Welcome welcome) {
            return welcome;
        }
        throw new ProtocolException("the launcher answered a hello with " + message);
    }

    private static Trust expectTrust(final ControlMessage message) {
        if (message instanceof Trust trust) {
            return trust;
        }
        throw new ProtocolException("the launcher sent no trust after the welcome");
    }

    private static Duration expectShutdown(final ControlMessage message) {
        if (message instanceof Shutdown shutdown) {
            return Duration.ofMillis(shutdown.drainMs());
        }
        throw new ProtocolException("the launcher sent a running worker " + message);
    }

    private static Refused.Reason reason(final OutriderException e) {
        if (e instanceof ProtocolException) {
            return Refused.Reason.PROTOCOL;
        }
        return e instanceof ContractException ? Refused.Reason.CONTRACT : Refused.Reason.CONFIGURATION;
    }
}
