package io.outrider.worker.host;

import io.outrider.contract.ContractMethod;
import io.outrider.error.ClosedException;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import io.outrider.stub.CallPort;
import io.outrider.stub.IncomingCall;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.OutgoingCall;
import io.outrider.worker.client.CallContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a worker to its own objects through their stubs: they run at once on the calling thread, beside what else the object
 * is doing, with copies of arguments and results as from anywhere else. The objects see the worker itself as the client, whoever's
 * call the thread runs besides. Safe from any thread.
 */
final class LocalPort implements CallPort {
    private static final int KEPT_CALLS = 64;

    private final HostedHome home;
    private final ObjectTable objects;
    private final Marshaller marshaller;
    private final int maxPayloadBytes;
    private final CallContext self;
    private final ManyToManyConcurrentArrayQueue<Out> idle = new ManyToManyConcurrentArrayQueue<>(KEPT_CALLS);

    LocalPort(
            final HostedHome home,
            final ObjectTable objects,
            final Marshaller marshaller,
            final int maxPayloadBytes,
            final CallContext self) {
        this.home = home;
        this.objects = objects;
        this.marshaller = marshaller;
        this.maxPayloadBytes = maxPayloadBytes;
        this.self = self;
    }

    @Override
    public OutgoingCall begin(final ObjectRef ref, final int method) {
        if (ref.isClosed()) {
            throw new ClosedException(ref + " was closed: the call was not made");
        }
        final HostedObject object = objects.find(ref.objectId());
        if (object == null) {
            throw new ClosedException("there is no object " + Long.toHexString(ref.objectId()) + " any more");
        }
        final Out kept = idle.poll();
        return (kept == null ? new Out() : kept).begin(object, method);
    }

    @Override
    public boolean invoke(final OutgoingCall call) {
        ((Out) call).run();
        return true;
    }

    @Override
    public @Nullable CompletableFuture<?> defer(final OutgoingCall call) {
        final Out out = (Out) call;
        out.run();
        final CompletionStage<?> later = out.in.later;
        final CompletableFuture<?> future = later == null ? null : later.toCompletableFuture();
        end(call);
        return future;
    }

    @Override
    public @Nullable Object open(final OutgoingCall call) {
        final Out out = (Out) call;
        out.run();
        final Object generator = out.in.generator;
        end(call);
        return generator;
    }

    @Override
    public void end(final OutgoingCall call) {
        final Out out = (Out) call;
        if (out.clear()) {
            idle.offer(out); // or else it is the collector's
        }
    }

    /** As a call without a stub would, this throws what the method throws, checked or not. */
    @Override
    public RuntimeException fail(final OutgoingCall call, final Throwable failure) {
        end(call);
        throw LocalPort.<RuntimeException>unchecked(failure);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the compiler is not to know
    private static <X extends Throwable> X unchecked(final Throwable failure) throws X {
        throw (X) failure;
    }

    /** The caller's end of a call, used for one after the other. */
    private final class Out implements OutgoingCall {
        private final ValueWriter arguments = new ValueWriter(marshaller, maxPayloadBytes);
        private final ValueReader result = new ValueReader(marshaller);
        private final In in = new In();
        private @Nullable HostedObject object;
        private int method;

        Out begin(final HostedObject called, final int index) {
            object = called;
            method = index;
            arguments.reset(0);
            return this;
        }

        void run() {
            final HostedObject called = Objects.requireNonNull(object);
            in.called = called.method(method);
            in.arguments.wrap(arguments.buffer(), 0, arguments.length());
            in.result.reset(0);
            final CallContext before = CallContext.ofThread(self);
            try {
                called.dispatcher().dispatch(called.target(), method, in);
            } catch (final Throwable thrown) {
                throw LocalPort.<RuntimeException>unchecked(thrown);
            } finally {
                CallContext.ofThread(before);
            }
            result.wrap(in.result.buffer(), 0, in.result.length());
        }

        /** Forgets the call; false if that is done. */
        boolean clear() {
            if (object == null) {
                return false;
            }
            object = null;
            arguments.trim();
            result.wrap(arguments.buffer(), 0, 0);
            in.clear();
            return true;
        }

        @Override
        public ValueWriter arguments() {
            return arguments;
        }

        /** What stands for values over time is passed as it is: both ends are here. */
        @Override
        public void putStream(final Object source, final int parameter) {
            in.streams.put(parameter, source);
        }

        @Override
        public ValueReader result() {
            return result;
        }
    }

    /** The object's end of a call. */
    private final class In implements IncomingCall {
        private final ValueReader arguments = new ValueReader(marshaller);
        private final ValueWriter result = new ValueWriter(marshaller, maxPayloadBytes);
        private final Exports exports = new Exports(home);
        private final Map<Integer, Object> streams = new HashMap<>(); // by parameter
        private @Nullable ContractMethod called;
        private @Nullable CompletionStage<?> later;
        private @Nullable Object generator;

        @Override
        public ValueReader arguments() {
            return arguments;
        }

        @Override
        public Object takeStream(final int parameter) {
            return Objects.requireNonNull(streams.get(parameter));
        }

        @Override
        public void yielded(final @Nullable Object yields) {
            generator = yields;
        }

        @Override
        public void invoking() {
            // Who throws what matters to nobody here.
        }

        /** For the way back through the codec, which gives the caller the object itself. */
        @Override
        public @Nullable Object exported(final @Nullable Object local) {
            return exports.export(local, Objects.requireNonNull(called));
        }

        @Override
        public void deferred(final @Nullable CompletionStage<?> outcome) {
            later = outcome;
        }

        @Override
        public ValueWriter returned() {
            return result;
        }

        void clear() {
            exports.release();
            arguments.wrap(result.buffer(), 0, 0);
            result.trim();
            called = null;
            streams.clear();
            later = null;
            generator = null;
        }
    }
}
