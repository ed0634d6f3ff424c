package io.outrider.launcher.load;

import io.outrider.contract.Contract;
import io.outrider.engine.CallClient;
import io.outrider.engine.ObjectHandle;
import io.outrider.engine.endpoint.Endpoints;
import io.outrider.error.OutriderException;
import io.outrider.stub.ObjectRef;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.concurrent.UnsafeBuffer;

/** In a worker: attached to another one, sends many calls at once. */
final class Flood {
    /** What becomes of the calls. */
    enum Kind {
        REFUSED,
        IN_PLACE,
        RUN
    }

    private static final int ANSWER = 2000;
    private static final long NO_SUCH_OBJECT = Long.MAX_VALUE;

    private static final List<CompletableFuture<?>> SENT = new ArrayList<>(); // by one task after the other

    private Flood() {}

    private static CallClient client(String address) {
        return Endpoints.ofProcess().at(address).client();
    }

    static int attach(String address) {
        return client(address).workerId();
    }

    static int send(Kind kind, String address, long objectId, int calls) {
        Contract<Crowd> contract = Contract.of(Crowd.class);
        long id = kind == Kind.REFUSED ? NO_SUCH_OBJECT : objectId;
        ObjectHandle<Crowd> handle = new ObjectHandle<>(
                client(address), contract, new ObjectRef(address, 0, id, contract), Runnable::run, released -> {});
        UnsafeBuffer length = new UnsafeBuffer(new byte[Integer.BYTES]);
        length.putInt(0, ANSWER);
        for (int i = 0; i < calls; i++) {
            SENT.add(
                    switch (kind) {
                        case REFUSED -> handle.async(crowd -> crowd.plus(1, 2));
                        case IN_PLACE -> handle.async(crowd -> crowd.makeAs(length));
                        case RUN -> handle.async(crowd -> crowd.make(ANSWER));
                    });
        }
        return calls;
    }

    /** How many calls were answered as they should be. */
    static int awaitAll(Kind kind) throws Exception {
        int right = 0;
        for (CompletableFuture<?> each : SENT) {
            right += isRight(kind, each) ? 1 : 0;
        }
        SENT.clear();
        return right;
    }

    private static boolean isRight(Kind kind, CompletableFuture<?> call) throws InterruptedException, TimeoutException {
        try {
            return call.get(20, TimeUnit.SECONDS) instanceof byte[] answer
                    && answer.length == ANSWER
                    && kind != Kind.REFUSED;
        } catch (ExecutionException failed) {
            return kind == Kind.REFUSED
                    && failed.getCause() instanceof OutriderException refused
                    && String.valueOf(refused.getMessage()).contains("there is no object");
        }
    }
}
