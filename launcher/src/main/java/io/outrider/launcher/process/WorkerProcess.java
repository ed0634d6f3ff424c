package io.outrider.launcher.process;

import io.outrider.config.OutriderConfig;
import io.outrider.error.DeathReport;
import io.outrider.error.OutriderException;
import io.outrider.launcher.session.Trees;
import io.outrider.protocol.control.ControlConnection;
import io.outrider.protocol.control.ControlMessage.Shutdown;
import io.outrider.protocol.control.Doorbell;
import io.outrider.protocol.control.DoorbellHub;
import io.outrider.protocol.control.SecretToken;
import io.outrider.protocol.control.SocketDoorbell;
import io.outrider.telemetry.Log;
import io.outrider.transport.Link;
import io.outrider.worker.WorkerSession;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One process of a worker, from ready to gone. Safe from any thread; {@link #start}, {@link #stop} and {@link #close} block, each
 * with a bound. The end of the control connection is the notice of death: the process is then reaped and the
 * {@link DeathListener} told, once. A process that is merely stopped keeps its connection, so it is slow and never dead.
 */
public final class WorkerProcess implements AutoCloseable {
    private static final Log LOG = Log.of(WorkerProcess.class);
    /** How long a process whose control connection ended may still take to go before it is killed. */
    private static final Duration REAP_LIMIT = Duration.ofSeconds(1);

    private static final Duration OUTPUT_LIMIT = Duration.ofMillis(200);

    private final StartRequest request;
    private final Path directory;
    private final ForkedProcess process;
    private final ControlConnection control;
    private final SocketDoorbell bell;
    private final Link link;
    private final SecretToken secret;
    private final Thread watcher;
    private final CountDownLatch reported = new CountDownLatch(1);
    private final ReentrantLock ending = new ReentrantLock();
    private final Object listening = new Object();
    private @Nullable DeathListener listener;
    private boolean told;
    private boolean released;
    private volatile boolean stopping;
    private volatile boolean ended;
    private volatile @Nullable String reason;
    private volatile long deathNoticeNanos;

    WorkerProcess(
            final StartRequest request,
            final Path directory,
            final ForkedProcess process,
            final ControlConnection control,
            final SocketDoorbell bell,
            final Link link,
            final SecretToken secret) {
        this.request = request;
        this.directory = directory;
        this.process = process;
        this.control = control;
        this.bell = bell;
        this.link = link;
        this.secret = secret;
        this.watcher = new Thread(this::watch, "outrider-worker-" + request.workerId() + "-control");
        watcher.setDaemon(true);
    }

    /**
     * Starts a worker and waits until it takes calls, for no longer than the start timeout. If it fails, no process and no file
     * of the worker is left.
     *
     * @param request which worker, and how
     * @return the worker, for the caller to close
     * @throws io.outrider.error.WorkerStartException if it does not become ready; has the cause and the last lines of its stderr
     * @throws io.outrider.error.StorageException if there is not enough shared memory
     * @throws io.outrider.error.ContractException if the two sides have different versions of a contract or of the types
     * @throws io.outrider.error.ProtocolException if the two sides have different versions of Outrider
     * @throws io.outrider.error.ConfigurationException if something that is configured can't be
     */
    public static WorkerProcess start(final StartRequest request) {
        return start(new WorkerStart(request));
    }

    static WorkerProcess start(final WorkerStart attempt) {
        final WorkerProcess worker = attempt.run();
        worker.process.onExit(worker::processEnded);
        worker.watcher.start();
        return worker;
    }

    /**
     * Which worker it is.
     *
     * @return from 0
     */
    public int workerId() {
        return request.workerId();
    }

    /**
     * Which process of the worker it is.
     *
     * @return from 1
     */
    public int incarnation() {
        return request.incarnation();
    }

    /**
     * The process id.
     *
     * @return as the operating system counts
     */
    public long pid() {
        return process.pid();
    }

    /**
     * Whether the process lives; one that is stopped does.
     *
     * @return false once it has ended
     */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * The client's side of the link.
     *
     * @return open until {@link #close}
     */
    public Link link() {
        return link;
    }

    /**
     * Wakes the worker's reader.
     *
     * @return the same object every time
     */
    public Doorbell doorbell() {
        return bell;
    }

    /**
     * Where another process attaches to the worker.
     *
     * @return the path of its socket, which no other incarnation of any worker has
     */
    public String address() {
        return directory.resolve(WorkerSession.DOOR_NAME).toString();
    }

    /**
     * By what it does.
     *
     * @return the secret of this worker alone
     */
    public SecretToken secret() {
        return secret;
    }

    /**
     * Says who learns of the end of the process.
     *
     * @param deathListener told once, now if the process has ended already
     */
    public void onDeath(final DeathListener deathListener) {
        synchronized (listening) {
            if (listener != null) {
                throw new IllegalStateException("worker " + workerId() + " has a death listener already");
            }
            listener = deathListener;
        }
        if (ended) { // looked at after the listener is there: either this tells it, or the watching thread does
            tell();
        }
    }

    /**
     * How long it took from the end of the control connection until the listener could be told: to reap the process and to
     * collect its last words.
     *
     * @return nanoseconds, 0 while it lives
     */
    public long deathNoticeNanos() {
        return deathNoticeNanos;
    }

    /**
     * Ends the process, step by step: the worker is asked to finish the calls that have begun; then it gets SIGTERM; then it
     * and all that it started get SIGKILL. The first step is bounded by {@code drain} and the kill timeout, each other one by
     * the kill timeout. Idempotent; an interrupt does not cut it short. When it returns, the process is gone
     * and what is known of its end is on its way to the listener.
     *
     * @param drain how long calls that have begun may take
     */
    public void stop(final Duration drain) {
        final Duration step = request.config().worker().killTimeout();
        ending.lock();
        try {
            stopping = true;
            if (process.isAlive() && !(ask(drain, step) && process.awaitExit(drain.plus(step)))) {
                LOG.warn("worker {} (pid {}) did not end when asked: terminating it", workerId(), pid());
                process.terminate();
                if (!process.awaitExit(step)) {
                    process.kill();
                    process.awaitExit(step);
                }
            }
        } finally {
            ending.unlock();
        }
        awaitReport(step); // without the lock: the listener may close this worker
    }

    /**
     * Ends the process like {@link #kill()}, and has the report say why.
     *
     * @param why the end of a sentence that begins with "its launcher ended it since"
     */
    public void kill(final String why) {
        reason = why;
        kill();
    }

    /** Ends the process at once, with SIGKILL, and all that it started. Does not wait. */
    public void kill() {
        process.kill();
    }

    /**
     * Ends the process, giving its calls no time, and lets go of all it had: link, doorbell and files. Nobody may be inside a
     * method of the link, or call one later. Idempotent.
     */
    @Override
    public void close() {
        stop(Duration.ZERO);
        ending.lock();
        try {
            if (!released) {
                released = true;
                release();
            }
        } finally {
            ending.unlock();
        }
    }

    private boolean ask(final Duration drain, final Duration step) {
        try {
            control.send(new Shutdown(drain.toMillis()), System.nanoTime() + step.toNanos());
            return true;
        } catch (final InterruptedIOException e) {
            LOG.debug("asking worker {} to end was interrupted: {}", workerId(), e.toString());
            return false;
        } catch (final IOException e) {
            // It is ending by itself, which the wait that follows sees.
            LOG.debug("worker {} can't be asked to end: {}", workerId(), e.toString());
            return true;
        }
    }

    private void release() {
        final DoorbellHub hub = request.hub();
        hub.unregister(bell);
        try {
            link.close();
        } finally {
            release(process, directory, bell, control);
        }
    }

    static void release(final ForkedProcess process, final Path directory, final AutoCloseable... connections) {
        process.closeStdin();
        for (final AutoCloseable connection : connections) {
            try {
                connection.close();
            } catch (final Exception e) {
                LOG.warn("a connection to pid {} can't be closed", process.pid(), e);
            }
        }
        try {
            Trees.delete(directory);
        } catch (final IOException e) {
            LOG.warn("the directory {} can't be deleted; the session's end will try again", directory, e);
        }
    }

    /** The connection may be held open by what the worker started; its own end must not be missed for that. */
    private void processEnded() {
        try {
            control.close();
        } catch (final IOException e) {
            LOG.debug("closing the control connection of worker {} failed: {}", workerId(), e.toString());
        }
    }

    private void watch() {
        awaitEndOfControl();
        final long noticedNs = System.nanoTime();
        if (stopping) {
            process.closeStdin(); // whose reader would hold up the end of the JVM
        } else if (!process.awaitExit(REAP_LIMIT)) {
            LOG.warn("worker {} (pid {}) gave up its control connection and lives on: killing it", workerId(), pid());
            process.kill();
        }
        while (!process.awaitExit(REAP_LIMIT)) {
            LOG.debug("worker {} (pid {}) has not ended yet", workerId(), pid());
        }
        process.awaitOutput(OUTPUT_LIMIT);
        deathNoticeNanos = Math.max(1, System.nanoTime() - noticedNs);
        ended = true;
        tell();
        reported.countDown();
    }

    private void awaitEndOfControl() {
        while (true) {
            try {
                LOG.warn(
                        "worker {} sent {}, which nobody asked for: ignored",
                        workerId(),
                        control.receive(ControlConnection.FOREVER));
            } catch (final InterruptedIOException e) {
                // Whoever interrupts all threads does not mean that the worker is dead.
                Thread.interrupted();
            } catch (final IOException e) {
                LOG.debug("the control connection of worker {} ended: {}", workerId(), e.toString());
                return;
            } catch (final OutriderException e) {
                LOG.error("worker {} (pid {}) sends garbage: killing it", workerId(), pid(), e);
                process.kill();
                return;
            }
        }
    }

    private void tell() {
        final DeathListener toTell;
        synchronized (listening) {
            toTell = told ? null : listener;
            told |= toTell != null;
        }
        if (toTell == null) {
            return;
        }
        try {
            toTell.died(process.report(toTell.lastCall(), reason));
        } catch (final RuntimeException e) {
            LOG.error("the listener for the death of worker {} failed", workerId(), e);
        }
    }

    private void awaitReport(final Duration step) {
        // The listener may itself be what closes this, on the watching thread.
        if (Thread.currentThread() != watcher) {
            Waits.until(step.plus(REAP_LIMIT), leftMs -> reported.await(leftMs, TimeUnit.MILLISECONDS));
        }
    }

    OutriderConfig config() {
        return request.config();
    }

    /** What is known of the process, whether it has ended or not. */
    DeathReport report() {
        return process.report(null, reason);
    }
}
