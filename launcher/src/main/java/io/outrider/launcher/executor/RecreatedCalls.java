package io.outrider.launcher.executor;

import io.outrider.engine.ObjectHandle;
import io.outrider.error.WorkerDiedException;
import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import io.outrider.stub.CallPort;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.OutgoingCall;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Routes the calls of a stub to the object as it is now, and those that may run twice to the next one if it dies meanwhile. */
final class RecreatedCalls<T> implements CallPort {
    private final RecreatedObject<T> object;
    private final @Nullable Duration timeout;

    RecreatedCalls(final RecreatedObject<T> object, final @Nullable Duration timeout) {
        this.object = object;
        this.timeout = timeout;
    }

    /** What the stub stands for, whichever object stands behind it: nobody listens at its address. */
    ObjectRef ref() {
        return new ObjectRef(object.name(), 0, 1, object.contract());
    }

    /** A call on its way to one object or, later, another. For one thread. */
    private final class Routed implements OutgoingCall {
        private final int method;
        private ObjectHandle<T> target;
        private OutgoingCall call;

        Routed(final int method) {
            this.method = method;
            this.target = object.current(null);
            this.call = begin();
        }

        private OutgoingCall begin() {
            while (true) {
                try {
                    final ObjectHandle<T> timed = timeout == null ? target : target.within(timeout);
                    return timed.port().begin(timed.ref(), method);
                } catch (final WorkerDiedException unsent) {
                    target = object.current(target);
                }
            }
        }

        /** Begins again with the next object, with the same arguments. */
        void moveOn() {
            final byte[] arguments = call.arguments().body();
            target.port().end(call); // before the wait: the link of the dead is let go when nothing is in it
            target = object.current(target);
            call = begin();
            call.arguments().putBody(arguments);
        }

        @Override
        public ValueWriter arguments() {
            return call.arguments();
        }

        @Override
        public void putStream(final Object source, final int parameter) {
            call.putStream(source, parameter);
        }

        @Override
        public ValueReader result() {
            return call.result();
        }
    }

    @Override
    public OutgoingCall begin(final ObjectRef ref, final int method) {
        return new Routed(method);
    }

    @Override
    @SuppressWarnings("unchecked") // begin made it
    public boolean invoke(final OutgoingCall outgoing) {
        final Routed routed = (Routed) outgoing;
        while (true) {
            try {
                return routed.target.port().invoke(routed.call);
            } catch (final WorkerDiedException died) {
                if (!object.mayRunTwice(routed.method)) {
                    throw died;
                }
                routed.moveOn();
            }
        }
    }

    /** A stream belongs to the object that is there now: if that dies it ends, and the next call begins with the next object. */
    @Override
    @SuppressWarnings("unchecked") // begin made it
    public @Nullable Object open(final OutgoingCall outgoing) {
        final Routed routed = (Routed) outgoing;
        return routed.target.port().open(routed.call);
    }

    @Override
    @SuppressWarnings("unchecked") // begin made it
    public @Nullable CompletableFuture<?> defer(final OutgoingCall outgoing) {
        final Routed routed = (Routed) outgoing;
        return routed.target.port().defer(routed.call);
    }

    @Override
    @SuppressWarnings("unchecked") // begin made it
    public void end(final OutgoingCall outgoing) {
        final Routed routed = (Routed) outgoing;
        routed.target.port().end(routed.call);
    }

    @Override
    @SuppressWarnings("unchecked") // begin made it
    public RuntimeException fail(final OutgoingCall outgoing, final Throwable failure) {
        final Routed routed = (Routed) outgoing;
        return routed.target.port().fail(routed.call, failure);
    }
}
