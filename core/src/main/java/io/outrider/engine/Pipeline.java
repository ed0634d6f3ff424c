package io.outrider.engine;

import io.outrider.api.CallPipeline;
import io.outrider.api.OutcomeHandler;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.CallTimeoutException;
import io.outrider.error.ClosedException;
import io.outrider.error.ConfigurationException;
import io.outrider.stub.CallPort;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.OutgoingCall;
import io.outrider.stub.StubFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls without waiting and polls for their outcomes on the thread that made them; see {@link CallPipeline}.
 *
 * @param <T> the contract
 */
final class Pipeline<T> implements CallPipeline<T>, CallPort, OutcomeSink {
    private static final int BATCHES = 4;
    private static final int LINGER_POLLS = 20;
    private static final long MAX_PARK_NS = 100_000_000;
    private static final Duration ANSWER_ALLOWANCE = Duration.ofMillis(10);

    private final CallClient client;
    private final ReplyPoller poller;
    private final IdlePolicy idlePolicy;
    private final OutcomeHandler handler;
    private final T stub;
    private final int depth;
    private final @Nullable Duration patience;
    private final ManyToOneConcurrentArrayQueue<PendingCall> completed;
    private final PolledOutcome outcome;
    private volatile @Nullable Thread waiter;
    private long tag;
    private int inFlight;
    private boolean closed;

    Pipeline(
            final CallClient client,
            final StubFactory<T> stubs,
            final ObjectRef ref,
            final int depth,
            final OutcomeHandler handler) {
        if (depth < 1 || depth > client.config().maxInFlight()) {
            throw new ConfigurationException("a pipeline of depth " + depth + ": it must be from 1 to maxInFlight, "
                    + client.config().maxInFlight());
        }
        this.client = client;
        this.poller = client.poller();
        this.idlePolicy = client.idlePolicy();
        this.handler = handler;
        this.depth = depth;
        // The worker answers a call whose time is up; to wait for that a little longer gives it to the handler.
        this.patience = ref.timeoutNs() == 0
                ? null
                : Duration.ofNanos(ref.timeoutNs() + ref.timeoutNs() / 5).plus(ANSWER_ALLOWANCE);
        this.completed = new ManyToOneConcurrentArrayQueue<>(Math.max(2, depth));
        this.outcome = new PolledOutcome(client);
        this.stub = stubs.newStub(this, ref);
    }

    @Override
    public T call(final long callersTag) {
        if (closed) {
            throw new ClosedException("the pipeline was closed: the call was not sent");
        }
        while (inFlight >= depth) {
            awaitOutcome();
            linger();
        }
        tag = callersTag;
        return stub;
    }

    /** Takes some more of the outcomes that are just coming: one at a time would cost a cache line to and fro for each. */
    private void linger() {
        final int enough = depth - depth / BATCHES;
        for (int fruitless = 0; inFlight > enough && fruitless < LINGER_POLLS; fruitless++) {
            if (poll() > 0) {
                fruitless = 0;
            } else {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public int poll() {
        if (inFlight == 0) {
            return 0;
        }
        if (completed.isEmpty() && poller.tryAcquire()) {
            poller.poll();
            poller.release();
        }
        return handle();
    }

    @Override
    public void await() {
        while (inFlight > 0) {
            awaitOutcome();
        }
    }

    @Override
    public int inFlight() {
        return inFlight;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            await();
        }
    }

    /** Runs the handler for at least one outcome. */
    private void awaitOutcome() {
        final Deadline deadline = Deadline.after(patience);
        int fruitless = 0;
        while (poll() == 0) {
            if (deadline.hasPassed()) {
                throw new CallTimeoutException("no outcome of " + inFlight + " pipelined calls after " + patience
                        + ": they may still be running in worker " + client.workerId());
            }
            if (!idlePolicy.idle(fruitless++)) {
                park(deadline);
                fruitless = 0;
            }
        }
    }

    private void park(final Deadline deadline) {
        waiter = Thread.currentThread();
        poller.await();
        try {
            poller.pollOrRequest();
            if (completed.isEmpty()) {
                LockSupport.parkNanos(this, deadline.remainingNs(MAX_PARK_NS));
            }
        } finally {
            poller.awaitNoMore();
            waiter = null;
        }
        if (Thread.currentThread().isInterrupted() && completed.isEmpty()) {
            throw new CallInterruptedException("interrupted while waiting for " + inFlight
                    + " pipelined calls: they may still be running in worker " + client.workerId());
        }
    }

    private int handle() {
        int handled = 0;
        PendingCall call = completed.poll();
        while (call != null) {
            inFlight--;
            handled++;
            call.own();
            outcome.open(call);
            try {
                handler.onOutcome(call.tag(), outcome);
            } finally {
                client.end(call);
            }
            call = completed.poll();
        }
        return handled;
    }

    @Override
    public void completed(final PendingCall call) {
        completed.offer(call); // there is room for as many as are in flight
        final Thread parked = waiter;
        if (parked != null) {
            LockSupport.unpark(parked);
        }
    }

    @Override
    public OutgoingCall begin(final ObjectRef ref, final int method) {
        if (closed || inFlight >= depth) {
            throw new IllegalStateException("make each call of a pipeline on the stub that call(tag) returns for it");
        }
        return client.begin(ref, method, true);
    }

    @Override
    public boolean invoke(final OutgoingCall outgoing) {
        final PendingCall call = (PendingCall) outgoing;
        call.sendTo(this, tag);
        client.sender().send(call);
        inFlight++;
        return false;
    }

    @Override
    public @Nullable CompletableFuture<?> defer(final OutgoingCall outgoing) {
        invoke(outgoing);
        return null;
    }

    @Override
    public void end(final OutgoingCall call) {
        throw new IllegalStateException("a call without a result to read does not end here");
    }

    @Override
    public RuntimeException fail(final OutgoingCall call, final Throwable failure) {
        return client.fail(call, failure);
    }
}
