package io.outrider.launcher.local;

import io.outrider.api.CallPipeline;
import io.outrider.api.OutcomeHandler;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.ClosedException;
import io.outrider.error.ConfigurationException;
import io.outrider.stub.CallPort;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.OutgoingCall;
import io.outrider.stub.StubFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Calls to an object in this process that are not waited for; see {@link CallPipeline}.
 *
 * @param <T> the contract
 */
final class LocalPipeline<T> implements CallPipeline<T>, CallPort {
    private static final int MAX_DEPTH = 65_536;

    private final LinkedBlockingQueue<Done> completed = new LinkedBlockingQueue<>();
    private final LocalPort port;
    private final OutcomeHandler handler;
    private final T stub;
    private final int depth;
    private long tag;
    private int inFlight;
    private boolean closed;

    private record Done(LocalCall call, long tag) {}

    LocalPipeline(
            final LocalPort port,
            final StubFactory<T> stubs,
            final ObjectRef ref,
            final int depth,
            final OutcomeHandler handler) {
        if (depth < 1 || depth > MAX_DEPTH) {
            throw new ConfigurationException("a pipeline of depth " + depth + ": it must be from 1 to " + MAX_DEPTH);
        }
        this.port = port;
        this.depth = depth;
        this.handler = handler;
        this.stub = stubs.newStub(this, ref);
    }

    @Override
    public T call(final long callersTag) {
        if (closed) {
            throw new ClosedException("the pipeline was closed: the call was not sent");
        }
        while (inFlight >= depth) {
            handle(take());
        }
        tag = callersTag;
        return stub;
    }

    @Override
    public int poll() {
        int handled = 0;
        for (Done done = completed.poll(); done != null; done = completed.poll()) {
            handle(done);
            handled++;
        }
        return handled;
    }

    @Override
    public void await() {
        while (inFlight > 0) {
            handle(take());
        }
    }

    private Done take() {
        try {
            return completed.take();
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CallInterruptedException(
                    "interrupted while waiting for " + inFlight + " pipelined calls: they may still be running");
        }
    }

    private void handle(final Done done) {
        inFlight--;
        final LocalPort.Value value = LocalPort.Value.of(done.call());
        done.call().end();
        handler.onOutcome(done.tag(), value);
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

    @Override
    public OutgoingCall begin(final ObjectRef ref, final int method) {
        if (closed || inFlight >= depth) {
            throw new IllegalStateException("make each call of a pipeline on the stub that call(tag) returns for it");
        }
        return port.begin(ref, method);
    }

    @Override
    public boolean invoke(final OutgoingCall outgoing) {
        final LocalCall call = (LocalCall) outgoing;
        final long callersTag = tag;
        inFlight++;
        try {
            port.offer(call, () -> completed.add(new Done(call, callersTag)));
        } catch (final RuntimeException | Error failure) {
            inFlight--;
            throw failure;
        }
        return false;
    }

    @Override
    public @Nullable CompletableFuture<?> defer(final OutgoingCall call) {
        invoke(call);
        return null;
    }

    @Override
    public void end(final OutgoingCall call) {
        throw new IllegalStateException("a call without a result to read does not end here");
    }

    @Override
    public RuntimeException fail(final OutgoingCall call, final Throwable failure) {
        return port.fail(call, failure);
    }
}
