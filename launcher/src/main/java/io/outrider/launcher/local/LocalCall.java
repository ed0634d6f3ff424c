package io.outrider.launcher.local;

import io.outrider.api.CurrentArena;
import io.outrider.api.LoanArena;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.CallRejectedException;
import io.outrider.error.CallTimeoutException;
import io.outrider.error.ClosedException;
import io.outrider.error.ErrorCode;
import io.outrider.error.OutriderException;
import io.outrider.error.RemoteCallException;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import io.outrider.protocol.ObjectSystem;
import io.outrider.protocol.Refusal;
import io.outrider.stub.IncomingCall;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.OutgoingCall;
import io.outrider.worker.host.HostedObject;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One call within this process, on its way out and back. Arguments and result are encoded and decoded as for a worker, so that each side has
 * its own copies and the same values are refused. It is used once: a thread makes it, one thread runs it, and whoever completes it hands it
 * back.
 *
 * <pre>
 *   NEW -> RUNNING -> DONE      run
 *      \-> DONE                 cancel before it ran, or the executor was closed
 * </pre>
 */
final class LocalCall implements OutgoingCall {
    /** The objects in whose calls the thread is, innermost first. */
    private record Frame(HostedObject object, @Nullable Frame outer) {}

    @SuppressWarnings("ThreadLocalUsage") // of the thread: whichever executor it is in
    private static final ThreadLocal<@Nullable Frame> FRAMES = new ThreadLocal<>();

    private enum Phase {
        NEW,
        RUNNING,
        DONE
    }

    private enum Stage {
        ARGUMENTS,
        METHOD,
        RESULT
    }

    private final ObjectRef ref;
    private final int method;
    private final HostedObject object;
    private final CopyBuffers buffers;
    private final IncomingCall incoming = new Incoming();
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.NEW);
    private Stage stage = Stage.ARGUMENTS;
    private boolean later;
    private boolean finished; // nobody uses the buffers any more but the caller
    private boolean givenUp; // nobody will read the outcome; guarded by this
    private boolean begun; // guarded by this
    private boolean sent;
    private @Nullable OutriderException failure;
    private @Nullable Thread runner; // guarded by this
    private volatile boolean expired;
    private final Thread caller = Thread.currentThread();
    private Runnable whenDone = () -> {};
    private final Map<Integer, Object> sources =
            new HashMap<>(); // arguments that stand for values over time, by their place
    private final @Nullable CompletableFuture<Void> timer;
    private @Nullable Object generator;

    LocalCall(final ObjectRef ref, final int method, final HostedObject object, final CopyBuffers buffers) {
        this.ref = ref;
        this.method = method;
        this.object = object;
        this.buffers = buffers;
        this.timer = ref.timeoutNs() == 0 ? null : expireAfter(ref.timeoutNs());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the action does not throw
    private CompletableFuture<Void> expireAfter(final long timeoutNs) {
        final CompletableFuture<Void> passed =
                new CompletableFuture<Void>().completeOnTimeout(null, timeoutNs, TimeUnit.NANOSECONDS);
        passed.thenRun(this::expire);
        return passed;
    }

    /** Or else each call would be kept for the whole of its time, however soon it was done. */
    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    ObjectRef ref() {
        return ref;
    }

    int method() {
        return method;
    }

    /** What is to happen when the call is done, on the thread that completes it. */
    void whenDone(final Runnable action) {
        whenDone = action;
    }

    /** Refuses a call to a serial object from within one of its own calls, which would wait for itself. */
    void requireOther(final HostedObject called) {
        for (Frame frame = FRAMES.get(); frame != null; frame = frame.outer()) {
            if (frame.object() == called) {
                throw new CallRejectedException(
                        this + " would wait for the call of the same object that it is made from: "
                                + "make the object concurrent(n), or call the method itself");
            }
        }
    }

    /** Runs the method, unless the call was given up before. */
    void run() {
        synchronized (this) {
            if (!phase.compareAndSet(Phase.NEW, Phase.RUNNING)) {
                return;
            }
            runner = Thread.currentThread();
            begun = true;
        }
        final Frame outer = FRAMES.get();
        FRAMES.set(new Frame(object, outer));
        final LoanArena arena = CurrentArena.ofThread(buffers.arenaOfObjects());
        try {
            buffers.readArguments();
            object.dispatcher().dispatch(object.target(), method, incoming);
        } catch (final Throwable thrown) { // whatever it is, the caller is told: a call has exactly one outcome
            later = false;
            fail(failureOf(thrown));
        } finally {
            FRAMES.set(outer);
            CurrentArena.ofThread(arena);
            buffers.closeArguments();
            leave();
        }
        if (!later) {
            finish();
        }
    }

    private void leave() {
        synchronized (this) {
            runner = null;
        }
        if (Thread.currentThread() != caller || expired) {
            Thread.interrupted(); // it was meant for the call that has ended, unless that ran on its caller's thread
        }
    }

    private synchronized void fail(final OutriderException reason) {
        if (!expired) {
            failure = reason;
        }
    }

    private void finish() {
        synchronized (this) {
            if (failure == null && !givenUp) {
                handBack();
            } else {
                buffers.discardOutcome();
            }
            finished = true;
            if (givenUp) {
                buffers.giveBack();
            }
        }
        done();
    }

    private void handBack() {
        try {
            buffers.handBack();
        } catch (final RuntimeException unsendable) { // larger than it may be with what it takes along
            failure = failureOf(unsendable);
            buffers.discardOutcome();
        }
    }

    /** The caller makes the call: from here on what it hands over is the object's. */
    void send(final Turns turns) {
        sent = true;
        buffers.handOver();
        try {
            turns.offer(this);
        } catch (final RuntimeException | Error refused) {
            sent = false;
            buffers.takeBack();
            throw refused;
        }
    }

    private void done() {
        if (phase.getAndSet(Phase.DONE) != Phase.DONE) {
            stopTimer();
            LockSupport.unpark(caller);
            whenDone.run();
        }
    }

    /** Ends the call as its time is up: it never runs, or its method is interrupted and what that gives is dropped. */
    private void expire() {
        synchronized (this) {
            if (phase.get() == Phase.DONE) {
                return;
            }
            expired = true;
            failure = new CallTimeoutException("no outcome of " + this + " after " + Duration.ofNanos(ref.timeoutNs())
                    + ": if the method is running, it is interrupted");
            if (runner != null) {
                runner.interrupt();
            }
        }
        done();
    }

    /** For closing: ends what the method waits for. */
    void interrupt() {
        cancel(true);
    }

    /** Takes the call back if it has not begun, and so never runs; whoever does that says {@link #drop} then. */
    boolean takeBack() {
        synchronized (this) {
            if (phase.get() != Phase.NEW) {
                return false;
            }
            failure = new CallRejectedException(this + " was cancelled before it ran");
            phase.set(Phase.DONE);
        }
        return true;
    }

    /** Ends a call that was taken back. */
    void drop() {
        stopTimer();
        whenDone.run();
    }

    /** Gives the call up: it never runs, or is interrupted if that is wanted. */
    void cancel(final boolean interrupt) {
        if (takeBack()) {
            drop();
        } else if (interrupt) {
            synchronized (this) {
                if (runner != null) {
                    runner.interrupt();
                }
            }
        }
    }

    /** Fails the call as the executor is closed; one that runs is told so when its caller looks. */
    void close() {
        synchronized (this) {
            if (phase.get() == Phase.DONE) {
                return;
            }
            failure = new ClosedException("the executor was closed before " + this + " was done");
        }
        done();
    }

    /** Waits for the outcome, on the thread that made the call. */
    void await() {
        while (phase.get() != Phase.DONE) {
            LockSupport.park(this);
            if (Thread.currentThread().isInterrupted() && phase.get() != Phase.DONE) {
                cancel(true);
                throw new CallInterruptedException(
                        "interrupted while waiting for " + this + ": if the method is running, it is interrupted too");
            }
        }
    }

    /** Makes the result readable, or throws what became of the call instead. */
    void openOutcome() {
        final OutriderException failed = failure;
        if (failed != null) {
            throw failed;
        }
        buffers.readResult();
    }

    /** For the caller, once it has read the result: gives the buffers back, unless a method that was given up still uses them. */
    void end() {
        stopTimer();
        synchronized (this) {
            if (givenUp) {
                return;
            }
            givenUp = true;
            if (begun && !finished) {
                return; // the method still uses them
            }
            if (finished && failure == null) {
                buffers.readResult();
            } else if (sent) {
                buffers.discardArguments();
            }
            buffers.giveBack();
        }
    }

    @Override
    public ValueWriter arguments() {
        return buffers.arguments();
    }

    @Override
    public void putStream(final Object source, final int parameter) {
        sources.put(parameter, Objects.requireNonNull(source, () -> "parameter " + (parameter + 1) + " of " + this));
    }

    /** What a generator returned. */
    Object generator() {
        return Objects.requireNonNull(generator);
    }

    @Override
    public ValueReader result() {
        return buffers.result();
    }

    /** The call as the dispatcher sees it. */
    private final class Incoming implements IncomingCall {
        @Override
        public ValueReader arguments() {
            return buffers.incoming();
        }

        @Override
        public Object takeStream(final int parameter) {
            return Objects.requireNonNull(sources.get(parameter));
        }

        @Override
        public void yielded(final @Nullable Object made) {
            generator = Objects.requireNonNull(made, () -> LocalCall.this + " returned null instead of a generator");
        }

        @Override
        public @Nullable Object exported(final @Nullable Object local) {
            return local; // who calls it is in the same process
        }

        @Override
        public void invoking() {
            stage = Stage.METHOD;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // the action does not throw
        public void deferred(final @Nullable CompletionStage<?> outcome) {
            Objects.requireNonNull(outcome, "the method returned null instead of a stage");
            later = true;
            outcome.whenComplete(LocalCall.this::answer);
        }

        @Override
        public ValueWriter returned() {
            stage = Stage.RESULT;
            return buffers.outcome();
        }
    }

    private void answer(final @Nullable Object value, final @Nullable Throwable thrown) {
        if (thrown == null) {
            stage = Stage.RESULT;
            try {
                buffers.outcome().putObject(value);
            } catch (final Throwable unsendable) {
                fail(failureOf(unsendable));
            }
        } else {
            final Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : null;
            fail(failureOf(cause == null ? thrown : cause));
        }
        finish();
    }

    /** The same exception that a worker's client would throw. */
    private OutriderException failureOf(final Throwable thrown) {
        final boolean system = object.id() == ObjectSystem.ID;
        if ((stage != Stage.METHOD || system) && thrown instanceof OutriderException own) {
            return Refusal.of(own).toException(ref.workerId());
        }
        if (stage != Stage.METHOD) {
            final String part =
                    stage == Stage.ARGUMENTS ? "the arguments can't be read: " : "the result can't be sent: ";
            return new Refusal(ErrorCode.SERIALIZATION, part + thrown, 0, 0).toException(ref.workerId());
        }
        final Throwable cause = system && thrown instanceof InvocationTargetException target
                ? Objects.requireNonNullElse(target.getTargetException(), thrown)
                : thrown;
        final Marshaller.Failure copy = buffers.copyFailure(cause);
        return new RemoteCallException(ref.workerId(), copy.data(), copy.original());
    }

    @Override
    public String toString() {
        return ref.contract().method(method) + " on " + ref;
    }
}
