package io.outrider.launcher.process;

import io.outrider.config.LinkConfig;
import io.outrider.config.OutriderConfig;
import io.outrider.error.ConfigurationException;
import io.outrider.error.ContractException;
import io.outrider.error.DeathReport;
import io.outrider.error.OutriderException;
import io.outrider.error.ProtocolException;
import io.outrider.error.StorageException;
import io.outrider.error.WorkerStartException;
import io.outrider.launcher.jvm.JvmEnvironment;
import io.outrider.launcher.session.Trees;
import io.outrider.protocol.attach.TrustDomain;
import io.outrider.protocol.control.ControlCodec;
import io.outrider.protocol.control.ControlConnection;
import io.outrider.protocol.control.ControlFrameDescriptor;
import io.outrider.protocol.control.ControlListener;
import io.outrider.protocol.control.ControlListener.Accepted;
import io.outrider.protocol.control.ControlMessage;
import io.outrider.protocol.control.ControlMessage.Failed;
import io.outrider.protocol.control.ControlMessage.Limits;
import io.outrider.protocol.control.ControlMessage.Ready;
import io.outrider.protocol.control.ControlMessage.Refused;
import io.outrider.protocol.control.ControlMessage.Trust;
import io.outrider.protocol.control.ControlMessage.Welcome;
import io.outrider.protocol.control.Hello;
import io.outrider.protocol.control.SecretToken;
import io.outrider.protocol.control.SocketDoorbell;
import io.outrider.transport.Link;
import io.outrider.transport.LinkSpec;
import io.outrider.transport.Side;
import io.outrider.transport.TransportProvider;
import io.outrider.worker.WorkerSession;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to start a worker, on the calling thread and under one deadline for all of it. What has been made is taken back
 * if a later step fails. For one use.
 */
final class WorkerStart {
    private static final Duration END_LIMIT = Duration.ofSeconds(2);
    private static final Duration OUTPUT_LIMIT = Duration.ofMillis(500);
    private static final int ORPHAN_GRACE_MS = 5_000;

    private final StartRequest request;
    private final OutriderConfig config;
    private final long deadlineNs;
    private String step = "it was not forked";
    private @Nullable Path directory;
    private volatile @Nullable ForkedProcess process;
    private volatile boolean cancelled;
    private @Nullable ControlListener listener;
    private @Nullable ControlConnection control;
    private @Nullable SocketDoorbell bell;
    private @Nullable Link link;

    WorkerStart(final StartRequest request) {
        this.request = request;
        this.config = request.config();
        this.deadlineNs = System.nanoTime() + config.worker().startTimeout().toNanos();
    }

    WorkerProcess run() {
        try {
            return attempt();
        } catch (final IOException | RuntimeException | Error e) {
            throw undo(e);
        }
    }

    /**
     * Gives up, from any thread: without its process nothing waits for long. Not by an interrupt, which in the middle of mapping a
     * file would leave the mapping behind.
     */
    void cancel() {
        cancelled = true;
        final ForkedProcess forked = process;
        if (forked != null) {
            forked.kill();
        }
    }

    private WorkerProcess attempt() throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            // Beyond this point it would show as a file that can't be written.
            throw new InterruptedIOException("interrupted before the start");
        }
        final Path made = request.session().makeWorkerDirectory(request.workerId(), request.incarnation());
        directory = made;
        final WorkerCommand command = WorkerCommand.of(config, made, request.mainClass(), request.options());
        final ControlListener door = ControlListener.bind(made.resolve(WorkerSession.SOCKET_NAME));
        listener = door;
        final ForkedProcess forked = fork(command, made);
        process = forked;
        if (cancelled) {
            forked.kill(); // in case it was not there yet for whoever cancelled
        }
        forked.onExit(door::wake);

        // While its JVM boots; most of the time that a start takes lies here and there, side by side.
        final SecretToken token = SecretToken.random();
        final SecretToken secret = SecretToken.random();
        forked.give(token);
        step = "its link was not made";
        final TransportProvider transport =
                TransportProvider.named(config.link().transport(), WorkerStart.class.getClassLoader());
        final LinkSpec spec = linkSpec(made);
        transport.create(spec);
        final Link opened = transport.open(spec, Side.CLIENT);
        link = opened;
        final WorkerTerms terms = terms();

        step = "it had not connected";
        final ControlConnection talk = accept(door, forked, Hello.Role.CONTROL, token);
        control = talk;
        talk.send(welcome(spec, terms), deadlineNs);
        talk.send(new Trust(secret, TrustDomain.key()), deadlineNs);
        step = "it had not taken up its link";
        final SocketDoorbell ringer = acceptDoorbell(door, forked, talk, token);
        bell = ringer;
        step = "its initializer had not returned";
        expectReady(talk.receive(deadlineNs), terms);
        door.close();
        request.hub().register(ringer);
        return new WorkerProcess(request, made, forked, talk, ringer, opened, secret);
    }

    private WorkerTerms terms() throws IOException {
        try {
            return request.terms().get(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the terms were computed");
        } catch (final TimeoutException e) {
            throw new SocketTimeoutException("the terms were not computed in time");
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new WorkerStartException("there are no terms to agree on: " + e.getCause(), e.getCause());
        }
    }

    private LinkSpec linkSpec(final Path made) {
        final LinkConfig settings = config.link();
        return new LinkSpec(
                settings.transport(),
                made.resolve("link"),
                settings.laneBytes(),
                settings.maxFrameBytes(),
                settings.arenaBytes());
    }

    private ForkedProcess fork(final WorkerCommand command, final Path made) throws IOException {
        final List<String> line = command.write(made, WorkerCommand.mainArguments(made, request));
        final ProcessBuilder builder = new ProcessBuilder(line);
        JvmEnvironment.prepare(builder.environment(), config.worker().environment());
        final Path workingDirectory = config.worker().workingDirectory();
        if (workingDirectory != null) {
            builder.directory(made(workingDirectory).toFile());
        }
        return ForkedProcess.fork(builder, request, made);
    }

    private static Path made(final Path workingDirectory) {
        try {
            return Files.createDirectories(workingDirectory);
        } catch (final IOException failed) {
            throw new ConfigurationException(
                    "workingDirectory is " + workingDirectory + ", which is not there and can't be made: " + failed);
        }
    }

    private ControlConnection accept(
            final ControlListener door, final ForkedProcess forked, final Hello.Role role, final SecretToken token)
            throws IOException {
        final Accepted accepted = door.accept(token, deadlineNs, forked::isAlive);
        final Hello hello = accepted.hello();
        if (hello.protocolVersion() != ControlFrameDescriptor.VERSION) {
            accepted.connection().close();
            throw new ProtocolException(ControlCodec.versionMismatch(hello.protocolVersion()));
        }
        if (hello.role() != role
                || hello.workerId() != request.workerId()
                || hello.incarnation() != request.incarnation()) {
            accepted.connection().close();
            throw new ProtocolException("expected the " + role + " connection of worker " + request.workerId()
                    + ", incarnation " + request.incarnation() + ", but " + hello + " came");
        }
        return accepted.connection();
    }

    /** A worker that does not fit says so on the control connection instead of opening the doorbell. */
    private SocketDoorbell acceptDoorbell(
            final ControlListener door,
            final ForkedProcess forked,
            final ControlConnection talk,
            final SecretToken token)
            throws IOException {
        try {
            return accept(door, forked, Hello.Role.DOORBELL, token).toDoorbell();
        } catch (final EOFException e) {
            refuse(talk);
            throw e;
        }
    }

    private void refuse(final ControlConnection talk) throws IOException {
        final ControlMessage lastWords;
        try {
            lastWords = talk.receive(deadlineNs);
        } catch (final EOFException nothing) {
            return;
        }
        expectReady(lastWords, terms());
    }

    private Welcome welcome(final LinkSpec spec, final WorkerTerms terms) {
        final LinkConfig settings = config.link();
        final Duration patience = settings.patience();
        final Limits limits = new Limits(
                settings.waitStrategy(),
                settings.maxPayloadBytes(),
                settings.maxInFlight(),
                ORPHAN_GRACE_MS,
                config.start().processor(request.workerId()),
                patience == null ? -1 : patience.toMillis(),
                settings.streamWindow(),
                settings.streamWindowBytes());
        return new Welcome(spec, limits, terms.vocabulary(), terms.initializer());
    }

    private void expectReady(final ControlMessage message, final WorkerTerms terms) {
        if (message instanceof Ready) {
            return;
        }
        if (message instanceof Refused refused) {
            final String text = "worker " + request.workerId() + " does not fit its launcher: " + refused.text();
            throw switch (refused.reason()) {
                case PROTOCOL -> new ProtocolException(text);
                case CONTRACT -> new ContractException(text);
                case CONFIGURATION -> new ConfigurationException(text);
            };
        } else if (message instanceof Failed failed) {
            throw new WorkerFailure(
                    failed.summary(),
                    failed.failure().hasRemaining()
                            ? terms.failureReader().read(request.workerId(), failed.failure())
                            : null);
        } else {
            throw new ProtocolException("worker " + request.workerId() + " sent " + message + " before it was ready");
        }
    }

    /** What a worker said went wrong; becomes a {@link WorkerStartException} once its last lines are there. */
    private static final class WorkerFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WorkerFailure(final String summary, final @Nullable Throwable original) {
            super(summary, original);
        }
    }

    /** Takes back what was made, and says what failed. */
    private OutriderException undo(final Throwable failure) {
        final boolean interrupted = Thread.interrupted();
        try {
            return undo(failure, interrupted);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private OutriderException undo(final Throwable failure, final boolean interrupted) {
        final boolean endedByItself = endProcess(failure);
        final WorkerStartException told = explain(failure, endedByItself, interrupted);
        if (bell != null) {
            request.hub().unregister(bell);
        }
        closeAll(told, link, bell, control, listener);
        final ForkedProcess forked = process;
        if (forked != null) {
            forked.closeStdin();
        }
        if (directory != null) {
            try {
                Trees.delete(directory);
            } catch (final IOException e) {
                told.addSuppressed(e);
            }
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return !interrupted && isTellingEnough(failure) ? (OutriderException) failure : told;
    }

    private boolean endProcess(final Throwable failure) {
        final ForkedProcess forked = process;
        if (forked == null) {
            return false;
        }
        // Who has said its last words, or hung up, is about to go, and its exit code tells more than that of a kill.
        final boolean leaving =
                failure instanceof EOFException || (control != null && failure instanceof RuntimeException);
        final boolean ended = leaving && forked.awaitExit(END_LIMIT);
        forked.kill();
        forked.awaitExit(END_LIMIT);
        forked.awaitOutput(OUTPUT_LIMIT);
        return ended;
    }

    private WorkerStartException explain(
            final Throwable failure, final boolean endedByItself, final boolean interrupted) {
        final StringBuilder text = new StringBuilder("worker " + request.workerId() + " did not become ready: ");
        Throwable cause = failure;
        if (failure instanceof WorkerFailure said) {
            text.append(said.getMessage());
            cause = said.getCause() == null ? said : said.getCause();
        } else if (cancelled) {
            text.append("its start was given up");
        } else if (failure instanceof SocketTimeoutException) {
            text.append("within the start timeout of ")
                    .append(config.worker().startTimeout().toMillis())
                    .append(" ms ")
                    .append(step);
        } else if (interrupted) {
            text.append("the thread that starts it was interrupted");
        } else if (endedByItself) {
            text.append("it ended before, when ").append(step);
        } else {
            text.append(failure);
        }
        final ForkedProcess forked = process;
        if (forked != null) {
            final DeathReport report = forked.report(null, null);
            text.append("; ").append(report);
        }
        final WorkerStartException told = new WorkerStartException(text.toString(), cause);
        if (listener != null && listener.lastRejection() != null) {
            told.addSuppressed(listener.lastRejection());
        }
        return told;
    }

    private static boolean isTellingEnough(final Throwable failure) {
        return failure instanceof ContractException
                || failure instanceof ProtocolException
                || failure instanceof ConfigurationException
                || failure instanceof StorageException
                || failure instanceof WorkerStartException;
    }

    private static void closeAll(final Throwable failure, final @Nullable AutoCloseable... resources) {
        for (final AutoCloseable resource : resources) {
            if (resource != null) {
                try {
                    resource.close();
                } catch (final Exception e) {
                    failure.addSuppressed(e);
                }
            }
        }
    }
}
