package io.outrider.engine;

import io.outrider.api.Outcome;
import io.outrider.error.OutriderException;
import io.outrider.marshal.ValueKinds;
import io.outrider.model.ValueKind;
import org.jspecify.annotations.Nullable;

/** The outcome of one call after the other, for the handler of a pipeline. For one thread. */
final class PolledOutcome implements Outcome {
    private final CallClient client;
    private @Nullable PendingCall call;
    private @Nullable OutriderException failure;

    PolledOutcome(final CallClient client) {
        this.client = client;
    }

    /** Points this at a completed call. */
    void open(final PendingCall completed) {
        call = completed;
        failure = null;
        try {
            client.openOutcome(completed);
        } catch (final OutriderException failed) {
            failure = failed;
        }
    }

    @Override
    public @Nullable OutriderException failure() {
        return failure;
    }

    @Override
    public int getInt() {
        return resultOf(ValueKind.INT).result().getInt();
    }

    @Override
    public long getLong() {
        return resultOf(ValueKind.LONG).result().getLong();
    }

    @Override
    public double getDouble() {
        return resultOf(ValueKind.DOUBLE).result().getDouble();
    }

    @Override
    public @Nullable Object get() {
        final PendingCall completed = completed();
        return ValueKinds.read(returnType(completed), completed.result());
    }

    private PendingCall resultOf(final ValueKind kind) {
        final PendingCall completed = completed();
        final ValueKind actual =
                completed.ref().contract().method(completed.method()).result();
        if (actual != kind) {
            throw new IllegalStateException("the result of " + completed + " is read as " + kind + " and is " + actual);
        }
        return completed;
    }

    private PendingCall completed() {
        if (failure != null) {
            throw failure;
        }
        if (call == null) {
            throw new IllegalStateException("there is no outcome outside a handler");
        }
        return call;
    }

    private static Class<?> returnType(final PendingCall call) {
        return call.ref().contract().method(call.method()).method().getReturnType();
    }
}
