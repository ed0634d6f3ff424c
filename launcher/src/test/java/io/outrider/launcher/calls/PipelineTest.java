package io.outrider.launcher.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.CallPipeline;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.ClosedException;
import io.outrider.error.ConfigurationException;
import io.outrider.error.OutriderException;
import io.outrider.error.RemoteCallException;
import io.outrider.error.WorkerDiedException;
import io.outrider.launcher.support.OnBothTransports;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pipelined calls: order, depth, every kind of outcome, and what happens when the worker dies or the caller errs. */
@Timeout(60)
class PipelineTest extends OnBothTransports {
    interface Echo {
        double half(int n);

        String text(String value);

        void refuse();

        int sleep(int millis) throws InterruptedException;

        void die();
    }

    static final class Here implements Echo {
        @Override
        public double half(int n) {
            return n / 2.0;
        }

        @Override
        public String text(String value) {
            return value;
        }

        @Override
        public void refuse() {
            throw new IllegalStateException("refused");
        }

        @Override
        public int sleep(int millis) throws InterruptedException {
            Thread.sleep(millis); // a call that takes its time, in the worker
            return millis;
        }

        @Override
        public void die() {
            Runtime.getRuntime().halt(7);
        }
    }

    @Test
    void outcomesComeInOrderAndNoMoreAreInFlightThanTheDepth() {
        List<Long> tags = new ArrayList<>();
        try (RemoteObject<Echo> object = workers().create(Echo.class, Here::new);
                CallPipeline<Echo> pipeline = object.pipeline(8, (tag, outcome) -> {
                    assertNull(outcome.failure());
                    assertEquals(tag / 2.0, outcome.getDouble());
                    tags.add(tag);
                })) {
            for (int i = 0; i < 10_000; i++) {
                pipeline.call(i).half(i);
                assertTrue(pipeline.inFlight() <= 8, "in flight: " + pipeline.inFlight());
            }
            pipeline.await();
            assertEquals(0, pipeline.inFlight());
            assertEquals(0, pipeline.poll());
        }
        assertEquals(10_000, tags.size());
        for (int i = 0; i < tags.size(); i++) {
            assertEquals(i, tags.get(i));
        }
    }

    @Test
    void eachFailureIsTheOutcomeOfItsOwnCall() {
        List<Object> seen = new ArrayList<>();
        try (RemoteObject<Echo> object = workers().create(Echo.class, Here::new);
                CallPipeline<Echo> pipeline = object.pipeline(
                        4, (tag, outcome) -> seen.add(outcome.failure() == null ? outcome.get() : outcome.failure()))) {
            pipeline.call(1).text("one");
            pipeline.call(2).refuse();
            pipeline.call(3).text(null);
            pipeline.await();
            assertEquals("one", seen.get(0));
            assertEquals(
                    "refused",
                    assertInstanceOf(RemoteCallException.class, seen.get(1))
                            .failure()
                            .message());
            assertNull(seen.get(2));
        }
    }

    @Test
    void aResultIsReadAsWhatItIs() {
        try (RemoteObject<Echo> object = workers().create(Echo.class, Here::new)) {
            CallPipeline<Echo> pipeline = object.pipeline(1, (tag, outcome) -> outcome.getInt());
            pipeline.call(1).text("is no int");
            assertThrows(IllegalStateException.class, pipeline::await);
            assertEquals(0, pipeline.inFlight());
            pipeline.close();
        }
    }

    @Test
    void misuseIsRefusedAndThePipelineGoesOn() {
        int tooDeep = settings().conclude().link().maxInFlight() + 1;
        try (RemoteObject<Echo> object = workers().create(Echo.class, Here::new)) {
            assertThrows(ConfigurationException.class, () -> object.pipeline(0, (tag, outcome) -> {}));
            ConfigurationException limit =
                    assertThrows(ConfigurationException.class, () -> object.pipeline(tooDeep, (tag, outcome) -> {}));
            assertTrue(limit.getMessage().contains(Integer.toString(tooDeep)), limit.getMessage());
            double[] got = new double[1];
            CallPipeline<Echo> pipeline = object.pipeline(1, (tag, outcome) -> got[0] = outcome.getDouble());
            Echo stub = pipeline.call(1);
            stub.half(3);
            assertThrows(IllegalStateException.class, () -> stub.half(5));
            pipeline.await();
            assertEquals(1.5, got[0]);
            pipeline.call(2).half(9);
            pipeline.close();
            assertEquals(4.5, got[0]);
            pipeline.close();
            assertThrows(ClosedException.class, () -> pipeline.call(3));
        }
    }

    @Test
    void anInterruptEndsTheWaitAndNotThePipeline() {
        try (RemoteObject<Echo> object = workers().create(Echo.class, Here::new)) {
            int[] got = new int[1];
            CallPipeline<Echo> pipeline = object.pipeline(2, (tag, outcome) -> got[0] = outcome.getInt());
            sleep(pipeline.call(1), 300);
            Thread.currentThread().interrupt();
            assertThrows(CallInterruptedException.class, pipeline::await);
            assertTrue(Thread.interrupted());
            pipeline.close();
            assertEquals(300, got[0]);
        }
    }

    @Test
    void aDeathIsTheOutcomeOfEveryCallInFlight() {
        List<OutriderException> failures = new ArrayList<>();
        try (RemoteExecutor doomed = open(settings());
                RemoteObject<Echo> object = doomed.create(Echo.class, Here::new);
                CallPipeline<Echo> pipeline = object.pipeline(16, (tag, outcome) -> failures.add(outcome.failure()))) {
            sleep(pipeline.call(0), 100);
            pipeline.call(1).die();
            for (int i = 2; i < 10; i++) {
                pipeline.call(i).half(i);
            }
            pipeline.await();
            assertEquals(10, failures.size());
            assertNull(failures.get(0));
            assertEquals(
                    9,
                    failures.stream()
                            .filter(WorkerDiedException.class::isInstance)
                            .distinct()
                            .count());
            assertEquals(7, ((WorkerDiedException) failures.get(9)).report().exitCode());
            assertThrows(WorkerDiedException.class, () -> pipeline.call(11).half(1));
        }
    }

    private static void sleep(Echo stub, int millis) {
        try {
            stub.sleep(millis);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
