package io.outrider.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Ends this worker when its launcher is gone. Three signs tell: end of file on the control link, end of file on stdin, and
 * another parent process; the kernel gives each even when the launcher was killed. An idle worker ends at once; a busy one
 * has its calls interrupted and gets a grace period. {@link #lost} may come from any thread and from several; the first one
 * acts.
 */
final class LauncherLoss {
    private static final Duration HOOKS_LIMIT = Duration.ofSeconds(1);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final String name;
    private final Watchdog watchdog;
    private final AtomicBoolean acted = new AtomicBoolean();
    private final long parentPid = parentPid();
    private final Thread starting;
    private volatile Duration grace = HOOKS_LIMIT;
    private volatile @Nullable Host host;
    private volatile boolean ending;

    LauncherLoss(final String name, final Watchdog watchdog) {
        this.name = name;
        this.watchdog = watchdog;
        this.starting = Thread.currentThread();
    }

    /** Watches stdin, on a thread of its own that ends with the JVM: a blocked read of a pipe can't be ended otherwise. */
    void watch(final InputStream stdin) {
        final Thread thread = new Thread(() -> readToEnd(stdin), "outrider-stdin");
        thread.setDaemon(true);
        thread.start();
    }

    /** From here on calls may be running, and have so long to end. */
    void serving(final Host running, final Duration orphanGrace) {
        grace = orphanGrace;
        host = running;
    }

    /**
     * The session has ended in good order and the JVM is about to: the launcher lets stdin end now, since a JVM waits for
     * threads that are blocked in a read for 300 ms when it exits. The launcher's own death is still seen, by the parent.
     */
    void ending() {
        ending = true;
    }

    boolean parentChanged() {
        return parentPid() != parentPid;
    }

    /**
     * Ends the JVM; does not return. The watchdog is armed first, so that nothing that follows has to succeed. Who comes second
     * waits for that: it must not end the JVM under what the first one still waits for.
     *
     * @param sign what told
     */
    void lost(final String sign) {
        if (!acted.compareAndSet(false, true)) {
            awaitEnd();
        }
        final Host running = host;
        final boolean idle = running == null || running.running() == 0;
        watchdog.arm(idle ? HOOKS_LIMIT : grace, WorkerExit.LAUNCHER_LOST);
        WorkerExit.say("outrider: " + name + " ends, its launcher is gone (" + sign + ")");
        if (running == null) {
            starting.interrupt();
        } else if (!idle) {
            running.interruptAll();
            awaitIdle(running, System.nanoTime() + grace.minus(HOOKS_LIMIT).toNanos());
        }
        System.exit(WorkerExit.LAUNCHER_LOST);
    }

    private void awaitEnd() {
        while (true) {
            Thread.interrupted();
            LockSupport.parkNanos(this, HOOKS_LIMIT.toNanos());
        }
    }

    private static void awaitIdle(final Host running, final long deadlineNs) {
        while (running.running() > 0 && System.nanoTime() - deadlineNs < 0) {
            LockSupport.parkNanos(POLL_NS);
        }
    }

    private void readToEnd(final InputStream stdin) {
        String sign = "stdin ended";
        try {
            // Nothing is meant to come before the end; what does is dropped.
            stdin.transferTo(OutputStream.nullOutputStream());
        } catch (final IOException e) {
            sign = "stdin failed: " + e.getMessage();
        }
        while (ending && !parentChanged()) {
            LockSupport.parkNanos(this, HOOKS_LIMIT.toNanos());
        }
        lost(sign);
    }

    private static long parentPid() {
        return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(-1L);
    }
}
