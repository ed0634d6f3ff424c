package io.outrider.worker.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls run in order, at most so many at once, and the mailbox knows whether it is busy. */
@Timeout(60)
class MailboxTest {
    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final List<Integer> ran = new ArrayList<>();

    @Test
    void aSerialMailboxUsesOneThreadInOrder() {
        Mailbox mailbox = new Mailbox(1, threads::add);
        assertFalse(mailbox.isBusy());
        for (int i = 0; i < 5; i++) {
            int n = i;
            mailbox.add(() -> ran.add(n));
        }
        assertTrue(mailbox.isBusy());
        assertEquals(1, threads.size());
        threads.poll().run();
        assertEquals(List.of(0, 1, 2, 3, 4), ran);
        assertFalse(mailbox.isBusy());
        mailbox.add(() -> ran.add(9));
        assertEquals(1, threads.size(), "a new thread for what comes later");
        threads.poll().run();
        assertEquals(6, ran.size());
    }

    @Test
    void aCallThatBeganOnTheDispatcherIsWaitedFor() {
        Mailbox mailbox = new Mailbox(1, threads::add);
        mailbox.occupy();
        assertTrue(mailbox.isBusy());
        mailbox.add(() -> ran.add(1));
        mailbox.add(() -> ran.add(2));
        assertTrue(threads.isEmpty(), "they wait for it");
        mailbox.drain();
        assertEquals(List.of(1, 2), ran, "its own thread runs them");
        assertFalse(mailbox.isBusy());
    }

    @Test
    void aConcurrentMailboxUsesAsManyThreadsAsAllowed() {
        Mailbox mailbox = new Mailbox(3, threads::add);
        for (int i = 0; i < 5; i++) {
            int n = i;
            mailbox.add(() -> ran.add(n));
        }
        assertEquals(3, threads.size());
        threads.poll().run();
        assertEquals(List.of(0, 1, 2, 3, 4), ran);
        assertTrue(mailbox.isBusy());
        threads.poll().run();
        threads.poll().run();
        assertFalse(mailbox.isBusy());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void neverMoreAtOnceThanAllowed(int concurrency) throws InterruptedException {
        int calls = 20_000;
        ExecutorService pool = Executors.newCachedThreadPool();
        try {
            Mailbox mailbox = new Mailbox(concurrency, pool);
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            CountDownLatch done = new CountDownLatch(calls);
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                int n = i;
                mailbox.add(() -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    if (concurrency == 1) {
                        order.add(n); // unguarded: one call happens-before the next
                    }
                    inside.decrementAndGet();
                    done.countDown();
                });
            }
            assertTrue(done.await(30, TimeUnit.SECONDS));
            assertTrue(most.get() <= concurrency, () -> most + " at once");
            for (int i = 0; i < order.size(); i++) {
                assertEquals(i, order.get(i));
            }
        } finally {
            pool.shutdown();
            assertTrue(pool.awaitTermination(30, TimeUnit.SECONDS));
        }
    }
}
