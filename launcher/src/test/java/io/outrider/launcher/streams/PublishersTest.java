package io.outrider.launcher.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteObject;
import io.outrider.api.RemoteStream;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.RemoteCallException;
import io.outrider.launcher.streams.Published.Ending;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A publisher that is nothing else, of a worker and as an argument: however it publishes and ends, its reader has what it gave. */
@Timeout(60)
class PublishersTest extends OnBothTransports {
    private static final int WINDOW = 16;
    private static final int VALUE = 64 << 10;
    private static final int VALUES_IN_WINDOW = 4;
    private static final int COUNT = 5 * WINDOW / 2; // more than a window
    private static final int MANY = 1_000;
    private static final Duration STOPPED = Duration.ofSeconds(1);

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private RemoteObject<Springs> object;
    private Springs springs;

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.streamWindow(WINDOW).streamWindowBytes(VALUES_IN_WINDOW * VALUE);
    }

    @BeforeEach
    void make() {
        object = workers().create(Springs.class, Springs.Well::new);
        springs = object.stub();
    }

    @AfterEach
    void letGo() {
        assertEquals(5, springs.plus(2, 3), "the link goes on");
        object.close();
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static String expected(Ending ending) {
        return switch (ending) {
            case COMPLETE -> "";
            case ERROR -> "no value " + COUNT;
            case NULL -> "null";
            case THROW -> "can't be asked for value " + COUNT;
            case TOO_MANY -> "more than it was asked for";
        };
    }

    private static void cancelled(Ending ending, IntSupplier cancelled) {
        boolean byThePublisher = ending == Ending.COMPLETE || ending == Ending.ERROR;
        if (byThePublisher) {
            assertEquals(0, cancelled.getAsInt(), "it has ended by itself");
        } else {
            new Await(STOPPED).until("it is cancelled", () -> cancelled.getAsInt() == 1);
        }
    }

    @Test
    void whatAWorkerPublishesArrivesAndThenItsEnd() {
        for (Ending ending : Ending.values()) {
            boolean canRunElsewhere = ending != Ending.THROW;
            for (boolean elsewhere : canRunElsewhere ? new boolean[] {false, true} : new boolean[] {false}) {
                RemoteStream<Integer> values = (RemoteStream<Integer>) springs.published(COUNT, ending, elsewhere);
                for (int i = 0; i < COUNT; i++) {
                    assertEquals(i, values.next(), ending::toString);
                }
                if (ending == Ending.COMPLETE) {
                    assertFalse(values.hasNext());
                } else {
                    RemoteCallException failure =
                            assertThrows(RemoteCallException.class, () -> exhaust(values), ending::toString);
                    assertTrue(failure.getMessage().contains(expected(ending)), failure.getMessage());
                    assertFalse(values.hasNext());
                }
                cancelled(ending, springs::cancelled);
                assertEquals(ending == Ending.NULL ? 1 : 0, springs.refused());
            }
        }
    }

    private static void exhaust(RemoteStream<Integer> values) {
        while (values.hasNext()) { // what was asked for and is not too much yet
            assertEquals(0, values.next());
        }
    }

    @Test
    void whatACallerPublishesArrivesAndThenItsEnd() {
        for (Ending ending : Ending.values()) {
            boolean canRunElsewhere = ending != Ending.THROW;
            for (boolean elsewhere : canRunElsewhere ? new boolean[] {false, true} : new boolean[] {false}) {
                Published<Integer> publisher = new Published<>(i -> i, COUNT, ending, elsewhere);
                if (ending == Ending.COMPLETE) {
                    assertEquals(numbers(COUNT), springs.read(publisher, Integer.MAX_VALUE));
                } else {
                    RemoteCallException failure =
                            assertThrows(RemoteCallException.class, () -> springs.read(publisher, Integer.MAX_VALUE));
                    assertTrue(failure.getMessage().contains(expected(ending)), failure.getMessage());
                }
                cancelled(ending, publisher::cancelled);
                assertEquals(ending == Ending.NULL ? 1 : 0, publisher.refused());
            }
        }
    }

    @Test
    void closingCancels() {
        try (RemoteStream<Integer> endless =
                (RemoteStream<Integer>) springs.published(Integer.MAX_VALUE, Ending.COMPLETE, false)) {
            assertEquals(0, endless.next());
            assertTrue(springs.asked() <= 1 + WINDOW, "asked for " + springs.asked());
        }
        new Await(STOPPED).until("it is cancelled", () -> springs.cancelled() == 1);
        Published<Integer> endless = new Published<>(i -> i, Integer.MAX_VALUE, Ending.COMPLETE, true);
        assertEquals(numbers(3), springs.read(endless, 3));
        new Await(STOPPED).until("it is cancelled", () -> endless.cancelled() == 1);
        assertTrue(endless.asked() <= 3 + WINDOW, "asked for " + endless.asked());
    }

    @Test
    void noMoreIsAskedForThanTheWindowInBytesTakes() {
        try (RemoteStream<byte[]> values = (RemoteStream<byte[]>) springs.weights(Integer.MAX_VALUE, VALUE)) {
            for (int read = 1; read <= 20; read++) {
                assertEquals(VALUE, values.next().length);
                for (int i = 0; i < 10; i++) {
                    long asked = springs.asked();
                    assertTrue(asked <= read + VALUES_IN_WINDOW, "asked for " + asked + " when " + read + " were read");
                }
            }
        }
    }

    @Test
    void thePublisherOfTheJdkGivesAllInOrder() {
        RemoteStream<Integer> values = (RemoteStream<Integer>) springs.submitted(MANY);
        assertEquals(numbers(MANY), values.stream().toList());
        Flow.Publisher<Integer> publisher = Springs.submitting(MANY);
        assertEquals(numbers(MANY), springs.read(publisher, Integer.MAX_VALUE));
    }

    @Test
    void aPublisherThatHoldsWhoAsksHoldsUpNoCall() throws Exception {
        try (RemoteStream<Integer> stuck = (RemoteStream<Integer>) springs.stuck()) {
            for (int i = 0; i < Springs.STUCK_AFTER; i++) {
                assertEquals(i, stuck.next());
            }
            for (int i = 0; i < 50; i++) {
                assertEquals(i, springs.plus(i, 0));
            }
            springs.goOn();
            assertEquals(Springs.STUCK_AFTER, stuck.next());
        }
        CountDownLatch goOn = new CountDownLatch(1);
        try (RemoteObject<Springs> other = workers().create(Springs.class, Springs.Well::new);
                Threads threads = new Threads()) {
            Flow.Publisher<Integer> stuck = Springs.stuckAfter(Springs.STUCK_AFTER, goOn);
            Future<List<Integer>> read = threads.start(() -> other.stub().read(stuck, Integer.MAX_VALUE));
            for (int i = 0; i < 50; i++) {
                assertEquals(i, springs.plus(i, 0));
            }
            goOn.countDown();
            assertEquals(numbers(Springs.STUCK_AFTER + 1), Threads.get(read, LIMIT));
        }
    }
}
