package io.outrider.launcher.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.engine.ObjectHandle;
import io.outrider.error.BackPressureException;
import io.outrider.error.CallTimeoutException;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A process that is stopped, as by a debugger: whoever waits for it waits as its settings say, and nobody else waits. For those
 * who block see {@code CancelTest}.
 */
@Timeout(60)
class PausedProcessTest extends OnBothTransports {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int LANE = 1 << 16;
    /** A few, beside the leaders that change while a client is stopped. */
    private static final int MORE_THREADS = 4;

    private RemoteObject<Crowd> object;
    private String address;
    private long worker;
    private long client;

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.workers(2)
                .laneBytes(LANE)
                .maxPayloadBytes(1 << 20)
                .maxInFlight(1 << 13)
                .backPressureTimeout(Duration.ofMillis(50));
    }

    @BeforeEach
    void attach() throws Exception {
        object = workers().create(Crowd.class, Crowd.Real::new, ObjectOptions.DEFAULT.on(0));
        address = ((ObjectHandle<Crowd>) object).ref().address();
        String there = address;
        Threads.get(workers().submit(1, () -> Flood.attach(there)), LIMIT);
        worker = workers().workers().get(0).pid();
        client = workers().workers().get(1).pid();
    }

    @AfterEach
    void goOn() {
        Signals.resume(worker);
        Signals.resume(client);
        object.close();
    }

    /** Calls that the client's process has sent wait in the lane of a worker which finds nobody who reads its answers. */
    private void aClientThatIsStoppedHoldsUpNobodyElse(Flood.Kind kind, int calls) throws Exception {
        String there = address;
        long id = object.objectId();
        RemoteObject<Crowd> other = workers().create(Crowd.class, Crowd.Real::new, ObjectOptions.DEFAULT.on(0));
        int threads = other.stub().threads();
        Signals.stop(worker);
        try {
            Threads.get(workers().submit(1, () -> Flood.send(kind, there, id, calls)), LIMIT);
            Signals.stop(client);
        } finally {
            Signals.resume(worker);
        }
        Crowd patient = other.within(Duration.ofSeconds(5)).stub();
        for (int i = 0; i < 200; i++) {
            int number = i;
            assertEquals(i + 1, patient.plus(i, 1));
            assertEquals(Integer.valueOf(i + 2), Threads.get(other.async(crowd -> crowd.plus(2, number)), LIMIT));
        }
        int more = patient.threads() - threads;
        assertTrue(more <= MORE_THREADS, () -> more + " threads wait for the client");
        Signals.resume(client);
        assertEquals(calls, Threads.get(workers().submit(1, () -> Flood.awaitAll(kind)), LIMIT));
        assertEquals(3, object.stub().plus(1, 2));
        other.close();
    }

    @Test
    void whenItsCallsAreRefused() throws Exception {
        aClientThatIsStoppedHoldsUpNobodyElse(Flood.Kind.REFUSED, transport().equals("ring") ? 1_500 : 5_000);
    }

    @Test
    void whenItsCallsReadBuffersOnTheLane() throws Exception {
        aClientThatIsStoppedHoldsUpNobodyElse(Flood.Kind.IN_PLACE, 200);
    }

    @Test
    void whenItsCallsAreRunOneAfterTheOther() throws Exception {
        aClientThatIsStoppedHoldsUpNobodyElse(Flood.Kind.RUN, 200);
    }

    @Test
    void callsToAWorkerThatIsStoppedEndAsTheirPolicySaysAndGoOnAfterwards() throws Exception {
        byte[] large = new byte[LANE / 16];
        List<CompletableFuture<Integer>> sent = new ArrayList<>();
        Signals.stop(worker);
        BackPressureException full = assertThrows(BackPressureException.class, () -> {
            while (true) {
                sent.add(object.async(crowd -> crowd.length(large)));
            }
        });
        assertTrue(full.getMessage().contains("worker 0 has not kept up"), full::getMessage);
        Crowd hasty = object.within(Duration.ofMillis(20)).stub();
        assertThrows(CallTimeoutException.class, () -> hasty.plus(1, 1)); // by its slot, or without room in the lane
        assertThrows(CallTimeoutException.class, () -> hasty.length(large));
        assertTrue(sent.size() >= 8 && sent.stream().noneMatch(CompletableFuture::isDone), () -> sent.size() + " sent");
        assertTrue(workers().workers().get(0).alive());
        Signals.resume(worker);
        for (CompletableFuture<Integer> each : sent) {
            assertEquals(large.length, Threads.get(each, LIMIT));
        }
        assertEquals(3, object.stub().plus(1, 2));
    }
}
