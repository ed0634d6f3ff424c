package io.outrider.perf.part;

import io.outrider.contract.Contract;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import io.outrider.perf.ours.Arithmetic;
import io.outrider.perf.ours.ArithmeticObject;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.stub.CallPort;
import io.outrider.stub.Dispatcher;
import io.outrider.stub.IncomingCall;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.OutgoingCall;
import io.outrider.stub.StubFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Calls that go through everything but a lane and the engine: generated stub, encoding, decoding, generated dispatcher, and
 * the same way back, all on the calling thread. For one thread.
 */
public final class LocalCalls implements CallPort, OutgoingCall {
    private static final int MAX_LENGTH = 1024 * 1024;

    private final ValueWriter arguments;
    private final ValueReader incoming;
    private final ValueWriter outcome;
    private final ValueReader result;
    private final Dispatcher dispatcher;
    private final Arithmetic target = new ArithmeticObject();
    private final IncomingCall incomingCall = new Incoming();
    private final Arithmetic stub;
    private int method;

    /** Generates the classes. */
    public LocalCalls() {
        final Marshaller marshaller = Marshaller.open(LocalCalls.class.getClassLoader());
        arguments = new ValueWriter(marshaller, MAX_LENGTH);
        incoming = new ValueReader(marshaller);
        outcome = new ValueWriter(marshaller, MAX_LENGTH);
        result = new ValueReader(marshaller);
        final Contract<Arithmetic> contract = Contract.of(Arithmetic.class);
        final StubFactory<Arithmetic> factory = StubFactory.of(contract);
        dispatcher = factory.dispatcher();
        stub = factory.newStub(this, new ObjectRef("here", 0, 1, contract));
    }

    /**
     * The stub whose calls go no further than this.
     *
     * @return the stub
     */
    public Arithmetic stub() {
        return stub;
    }

    @Override
    public OutgoingCall begin(final ObjectRef ref, final int methodIndex) {
        method = methodIndex;
        arguments.reset(FrameDescriptor.CALL_HEADER);
        return this;
    }

    @Override
    public boolean invoke(final OutgoingCall call) {
        final int header = FrameDescriptor.CALL_HEADER;
        incoming.wrap(arguments.buffer(), header, arguments.length() - header);
        outcome.reset(FrameDescriptor.OUTCOME_HEADER);
        try {
            dispatcher.dispatch(target, method, incomingCall);
        } catch (final Throwable failure) {
            throw new IllegalStateException(failure);
        }
        final int outcomeHeader = FrameDescriptor.OUTCOME_HEADER;
        result.wrap(outcome.buffer(), outcomeHeader, outcome.length() - outcomeHeader);
        return true;
    }

    @Override
    public CompletableFuture<?> defer(final OutgoingCall call) {
        throw new UnsupportedOperationException("no method of the contract returns a stage");
    }

    @Override
    public void end(final OutgoingCall call) {
        // Nothing is kept.
    }

    @Override
    public RuntimeException fail(final OutgoingCall call, final Throwable failure) {
        return new IllegalStateException(failure);
    }

    @Override
    public ValueWriter arguments() {
        return arguments;
    }

    @Override
    public ValueReader result() {
        return result;
    }

    /** The same call as the dispatcher sees it. */
    private final class Incoming implements IncomingCall {
        @Override
        public ValueReader arguments() {
            return incoming;
        }

        @Override
        public @Nullable Object exported(final @Nullable Object local) {
            return local;
        }

        @Override
        public void invoking() {
            // Nobody asks how far the call has come.
        }

        @Override
        public void deferred(final @Nullable CompletionStage<?> outcome) {
            throw new UnsupportedOperationException("no method of the contract returns a stage");
        }

        @Override
        public ValueWriter returned() {
            return outcome;
        }
    }
}
