package io.outrider.launcher.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.outrider.api.RemoteCall;
import io.outrider.api.RemoteObject;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An object that is stuck in a call holds up no other, whether the call was said to block or not. */
@Timeout(60)
class SlowObjectTest extends OnBothTransports {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void oneThatIsKnownToBlock() throws Exception {
        stuck(o -> o.untilReleased(1));
    }

    @Test
    void oneThatIsNot() throws Exception {
        stuck(o -> o.untilReleasedUnknown(1));
    }

    private void stuck(RemoteCall<Ledger, Integer> call) throws Exception {
        try (RemoteObject<Ledger> slow = workers().create(Ledger.class, () -> new Ledger.Checking(1));
                RemoteObject<Ledger> other = workers().create(Ledger.class, () -> new Ledger.Checking(2));
                Threads threads = new Threads()) {
            CompletableFuture<Integer> waiting = slow.async(call);
            CompletableFuture<Long> behind = slow.async(o -> o.entry(0, 1));
            for (int i = 1; i <= 1_000; i++) {
                assertEquals(Ledger.mix(2, 0, i), other.stub().entry(0, i));
            }
            assertFalse(waiting.isDone());
            assertFalse(behind.isDone(), "its own calls wait");
            other.stub().release();
            assertEquals(1, Threads.get(waiting, LIMIT));
            assertEquals(Ledger.mix(1, 0, 1), Threads.get(behind, LIMIT));
            assertEquals(1, slow.stub().mostAtOnce());
            threads.join(LIMIT);
        }
    }

    @Test
    void manyAtOnce() throws Exception {
        int count = 6;
        List<RemoteObject<Ledger>> slow = new ArrayList<>();
        try (RemoteObject<Ledger> other = workers().create(Ledger.class, () -> new Ledger.Checking(2))) {
            List<CompletableFuture<Integer>> waiting = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int n = i;
                slow.add(workers().create(Ledger.class, () -> new Ledger.Checking(n)));
                waiting.add(
                        i % 2 == 0
                                ? slow.get(i).async(o -> o.untilReleased(n))
                                : slow.get(i).async(o -> o.untilReleasedUnknown(n)));
                assertEquals(0.5, other.stub().primitive(1));
            }
            for (int i = 0; i < count; i++) {
                other.stub().release();
            }
            for (int i = 0; i < count; i++) {
                assertEquals(i, Threads.get(waiting.get(i), LIMIT));
            }
        } finally {
            slow.forEach(RemoteObject::close);
        }
    }

    @Test
    void aSerialObjectStaysSerialWhenItsCallsAreSlowNowAndThen() throws Exception {
        try (RemoteObject<Ledger> object = workers().create(Ledger.class, () -> new Ledger.Checking(1));
                Threads threads = new Threads()) {
            for (int t = 0; t < 6; t++) {
                int thread = t;
                threads.start(() -> {
                    for (int i = 1; i <= 300; i++) {
                        assertEquals(Ledger.mix(1, thread, i), object.stub().entry(thread, i));
                        if (i % 60 == thread) {
                            assertEquals(i, object.stub().slow(6, i)); // long enough to be taken off the dispatcher
                        }
                        if (i % 60 == 30 + thread) {
                            assertEquals(i, object.stub().blocking(1, i));
                        }
                    }
                });
            }
            threads.join(LIMIT);
            assertEquals(1, object.stub().mostAtOnce());
        }
    }
}
