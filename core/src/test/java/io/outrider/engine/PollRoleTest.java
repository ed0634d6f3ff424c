package io.outrider.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One thread at a time holds the role, and no request for one more poll is lost. */
@Timeout(60)
class PollRoleTest {
    private final PollRole role = new PollRole();

    @Test
    void isHeldByOne() {
        assertTrue(role.tryAcquire());
        assertFalse(role.tryAcquire());
        assertTrue(role.letGo(), "nobody asked");
        assertTrue(role.tryAcquire());
        assertTrue(role.letGo());
    }

    @Test
    void aRequestIsToldToTheHolder() {
        assertTrue(role.acquireOrRequest(), "nobody holds it");
        assertFalse(role.acquireOrRequest());
        assertFalse(role.acquireOrRequest(), "a second request joins the first");
        assertFalse(role.tryAcquire());
        assertFalse(role.letGo(), "the holder has to poll once more");
        assertFalse(role.tryAcquire(), "and still holds it");
        assertTrue(role.letGo(), "a request is told once");
        assertTrue(role.tryAcquire());
    }

    @Test
    void everyRequestIsFollowedByAPoll() throws InterruptedException {
        int threads = 4;
        int rounds = 50_000;
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicLong published = new AtomicLong();
        AtomicLong seen = new AtomicLong();
        Runnable poll = () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            long all = published.get();
            seen.accumulateAndGet(all, Math::max);
            inside.decrementAndGet();
        };
        List<Thread> running = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < rounds; i++) {
                    published.incrementAndGet(); // a frame comes, and somebody wants it polled
                    pollOrRequest(poll);
                }
            });
            running.add(thread);
            thread.start();
        }
        for (Thread thread : running) {
            thread.join();
        }
        assertEquals(1, most.get());
        assertEquals((long) threads * rounds, seen.get(), "the last frame was polled");
    }

    /** As ReplyPoller does it. */
    private void pollOrRequest(Runnable poll) {
        if (role.acquireOrRequest()) {
            do {
                poll.run();
            } while (!role.letGo());
        }
    }
}
