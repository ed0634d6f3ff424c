package io.outrider.worker.host;

import io.outrider.error.ClosedException;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import io.outrider.stub.CallPort;
import io.outrider.stub.IncomingCall;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.OutgoingCall;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a worker to its own objects through their stubs: they run at once on the calling thread, beside what else the object
 * is doing, with copies of arguments and results as from anywhere else. Safe from any thread.
 */
final class LocalPort implements CallPort {
    private final ObjectTable objects;
    private final Marshaller marshaller;
    private final int maxPayloadBytes;

    LocalPort(final ObjectTable objects, final Marshaller marshaller, final int maxPayloadBytes) {
        this.objects = objects;
        this.marshaller = marshaller;
        this.maxPayloadBytes = maxPayloadBytes;
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
        return new Out(object, method);
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
        return later == null ? null : later.toCompletableFuture();
    }

    @Override
    public void end(final OutgoingCall call) {
        // It holds nothing that the collector would not take.
    }

    /** As a call without a stub would, this throws what the method throws, checked or not. */
    @Override
    public RuntimeException fail(final OutgoingCall call, final Throwable failure) {
        throw LocalPort.<RuntimeException>unchecked(failure);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the compiler is not to know
    private static <X extends Throwable> X unchecked(final Throwable failure) throws X {
        throw (X) failure;
    }

    /** The caller's end of a call. */
    private final class Out implements OutgoingCall {
        private final HostedObject object;
        private final int method;
        private final ValueWriter arguments = new ValueWriter(marshaller, maxPayloadBytes);
        private final ValueReader result = new ValueReader(marshaller);
        private final In in = new In();

        Out(final HostedObject object, final int method) {
            this.object = object;
            this.method = method;
            arguments.reset(0);
        }

        void run() {
            in.arguments.wrap(arguments.buffer(), 0, arguments.length());
            in.result.reset(0);
            try {
                object.dispatcher().dispatch(object.target(), method, in);
            } catch (final Throwable thrown) {
                throw LocalPort.<RuntimeException>unchecked(thrown);
            }
            result.wrap(in.result.buffer(), 0, in.result.length());
        }

        @Override
        public ValueWriter arguments() {
            return arguments;
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
        private @Nullable CompletionStage<?> later;

        @Override
        public ValueReader arguments() {
            return arguments;
        }

        @Override
        public void invoking() {
            // Who throws what matters to nobody here.
        }

        @Override
        public @Nullable Object exported(final @Nullable Object local) {
            return local;
        }

        @Override
        public void deferred(final @Nullable CompletionStage<?> outcome) {
            later = outcome;
        }

        @Override
        public ValueWriter returned() {
            return result;
        }
    }
}
