package io.outrider.protocol.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoorbellTest {
    private static final long LONG_NS = TimeUnit.SECONDS.toNanos(20);
    /** Well below the long wait, well above any pause of a loaded host. */
    private static final long AT_ONCE_NS = TimeUnit.SECONDS.toNanos(10);

    @TempDir
    private Path directory;

    private SocketPairs pair;
    private SocketDoorbell near;
    private SocketDoorbell far;
    private DoorbellHub hub;

    @BeforeEach
    void open() throws IOException {
        pair = SocketPairs.open(directory);
        near = new SocketDoorbell(pair.here());
        far = new SocketDoorbell(pair.there());
        hub = new DoorbellHub();
        hub.register(near);
    }

    @AfterEach
    void close() throws IOException {
        hub.close();
        near.close();
        far.close();
    }

    @Test
    void aRingEndsAWaitUnderWay() throws InterruptedException {
        final CountDownLatch back = new CountDownLatch(1);
        final Thread waiter = new Thread(() -> {
            hub.await(LONG_NS);
            back.countDown();
        });
        waiter.start();
        far.ring();
        assertTrue(back.await(AT_ONCE_NS, TimeUnit.NANOSECONDS));
        waiter.join();
    }

    @Test
    void aRingBeforeTheWaitIsNotLost() {
        far.ring();
        assertTrue(returnsAtOnce());
        assertFalse(returnsAtOnce(TimeUnit.MILLISECONDS.toNanos(20)));
    }

    @Test
    void aRingBetweenTwoWaitsIsNotTakenForTheFirst() {
        far.ring();
        assertTrue(returnsAtOnce());
        // The reader has polled, parked and polled again; only now does the next one ring.
        far.ring();
        assertTrue(returnsAtOnce());
    }

    @Test
    void aRingOfAnotherDoorbellIsNotTakenForTheFirst() throws IOException {
        try (SocketPairs others = SocketPairs.open(directory)) {
            final SocketDoorbell otherNear = new SocketDoorbell(others.here());
            final SocketDoorbell otherFar = new SocketDoorbell(others.there());
            hub.register(otherNear);
            hub.await(0);
            far.ring();
            assertTrue(returnsAtOnce());
            otherFar.ring();
            assertTrue(returnsAtOnce());
            hub.unregister(otherNear);
            hub.await(0);
            otherFar.ring();
            assertFalse(returnsAtOnce(TimeUnit.MILLISECONDS.toNanos(20)));
        }
    }

    @Test
    void aWakeBeforeTheWaitIsNotLostEvenAfterARing() {
        far.ring();
        assertTrue(returnsAtOnce());
        hub.wake();
        assertTrue(returnsAtOnce());
    }

    @Test
    void anInterruptEndsTheWaitAndIsTaken() {
        Thread.currentThread().interrupt();
        assertTrue(returnsAtOnce());
        assertFalse(Thread.currentThread().isInterrupted());
        far.ring();
        assertTrue(returnsAtOnce());
    }

    @Test
    void ringingWithTheInterruptStatusSetRingsAndKeepsIt() {
        Thread.currentThread().interrupt();
        far.ring();
        assertTrue(Thread.interrupted());
        assertTrue(returnsAtOnce());
    }

    @Test
    void ringingUnderAStormOfInterruptsKeepsTheConnection() throws InterruptedException {
        final AtomicBoolean enough = new AtomicBoolean();
        final Thread ringer = new Thread(() -> {
            while (!enough.get()) {
                far.ring();
            }
        });
        ringer.start();
        for (int i = 0; i < 20_000; i++) {
            ringer.interrupt();
            hub.await(0);
        }
        enough.set(true);
        ringer.join();
        assertTrue(far.channel().isOpen());
        far.ring();
        assertTrue(returnsAtOnce());
    }

    @Test
    void aPeerThatDoesNotListenBlocksNobody() {
        for (int i = 0; i < 200_000; i++) {
            far.ring();
        }
        assertTrue(returnsAtOnce());
    }

    @Test
    void aPeerThatIsGoneIsNoError() throws IOException {
        near.close();
        far.ring();
        far.ring();
        assertTrue(far.channel().isOpen());
    }

    @Test
    void anEndedDoorbellDoesNotTurnWaitsIntoASpin() throws IOException {
        far.close();
        assertTrue(returnsAtOnce());
        assertFalse(returnsAtOnce(TimeUnit.MILLISECONDS.toNanos(20)));
    }

    @Test
    void aClosedHubDoesNotBlock() {
        hub.close();
        assertTrue(returnsAtOnce());
    }

    @Test
    void ringingAllocatesNothing() {
        final var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        ringAndTake(20_000);
        final long before = threads.getCurrentThreadAllocatedBytes();
        ringAndTake(20_000);
        final long each = (threads.getCurrentThreadAllocatedBytes() - before) / 20_000;
        assertEquals(0, each);
    }

    private void ringAndTake(final int times) {
        for (int i = 0; i < times; i++) {
            far.ring();
            near.takeOne();
        }
    }

    private boolean returnsAtOnce() {
        return returnsAtOnce(LONG_NS);
    }

    /** Whether a wait ends before its time. */
    private boolean returnsAtOnce(final long timeoutNs) {
        final long startNs = System.nanoTime();
        hub.await(timeoutNs);
        return System.nanoTime() - startNs < timeoutNs;
    }
}
