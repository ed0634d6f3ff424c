package io.outrider.manager.hosted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.error.ClosedException;
import io.outrider.manager.port.BarrierPort;
import io.outrider.manager.port.LockPort;
import io.outrider.manager.port.QueuePort;
import io.outrider.manager.port.SemaphorePort;
import io.outrider.manager.port.WaitPort;
import io.outrider.worker.client.CallContext;
import io.outrider.worker.client.Client;
import io.outrider.worker.client.Clients;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client held or waited for when it was lost is taken back, and what a deadline takes from a wait too; without a process. */
@Timeout(20)
class LostClientTest {
    private static final long THREAD = 7; // of each client: the same number is another thread
    private static final long EVER = WaitPort.FOR_EVER;

    private final Clients clients = new Clients();
    private final Client one = new Client("one");
    private final Client other = new Client("other");

    @BeforeEach
    void other() {
        as(other);
    }

    private void as(Client client) {
        new CallContext(client, clients).enter();
    }

    @Test
    void aLockGoesToTheNextAndIsBrokenUntilItIsMended() {
        HostedLock lock = new HostedLock(false);
        as(one);
        assertTrue(lock.tryLock(false, THREAD));
        as(other);
        assertThrows(IllegalMonitorStateException.class, () -> lock.unlock(false, THREAD));
        CompletableFuture<Integer> waiting = lock.lock(false, THREAD, EVER);
        assertFalse(waiting.isDone());
        assertFalse(lock.isBroken());
        clients.lost(one);
        assertEquals(LockPort.GRANTED, waiting.join());
        assertTrue(lock.isBroken());
        lock.mend(THREAD);
        assertFalse(lock.isBroken());
        lock.unlock(false, THREAD);
        assertFalse(lock.isLocked());
    }

    @Test
    void aReaderThatIsLostLetsTheWriterIn() {
        HostedLock lock = new HostedLock(true);
        as(one);
        assertTrue(lock.tryLock(true, THREAD));
        assertTrue(lock.tryLock(true, THREAD));
        as(other);
        CompletableFuture<Integer> waiting = lock.lock(false, THREAD, EVER);
        clients.lost(one);
        assertEquals(LockPort.GRANTED, waiting.join());
        assertTrue(lock.isBroken());
    }

    @Test
    void whoWaitedAndIsLostIsPassedOver() {
        HostedLock lock = new HostedLock(false);
        assertTrue(lock.tryLock(false, THREAD));
        as(one);
        lock.lock(false, THREAD, EVER);
        lock.lock(false, THREAD + 1, EVER);
        as(other);
        CompletableFuture<Integer> last = lock.lock(false, THREAD + 1, EVER);
        clients.lost(one);
        assertFalse(lock.isBroken());
        lock.unlock(false, THREAD);
        assertEquals(LockPort.GRANTED, last.join());
        assertEquals(1, lock.holds(false, THREAD + 1));
    }

    @Test
    void aLostClientTakesNothingAnyMore() {
        HostedLock lock = new HostedLock(false);
        clients.lost(one);
        as(one);
        assertThrows(ClosedException.class, () -> lock.tryLock(false, THREAD), "its last call may come late");
        as(other);
        assertTrue(lock.tryLock(false, THREAD));
    }

    @Test
    void aConditionForgetsWhoIsLost() {
        HostedLock lock = new HostedLock(true);
        int condition = lock.newCondition();
        as(one);
        lock.tryLock(false, THREAD);
        lock.await(condition, THREAD, EVER);
        as(other);
        assertTrue(lock.tryLock(false, THREAD));
        CompletableFuture<Integer> mine = lock.await(condition, THREAD, EVER);
        clients.lost(one);
        assertTrue(lock.tryLock(false, THREAD + 1));
        lock.signal(condition, THREAD + 1, false);
        lock.unlock(false, THREAD + 1);
        assertEquals(LockPort.GRANTED, mine.join(), "the signal was for the one who is left");
        assertFalse(lock.isBroken());
    }

    @Test
    void permitsComeBack() {
        HostedSemaphore semaphore = new HostedSemaphore(2, true);
        as(one);
        assertTrue(semaphore.tryAcquire(2));
        as(other);
        CompletableFuture<Integer> waiting = semaphore.acquire(1, THREAD, EVER);
        clients.lost(one);
        assertEquals(SemaphorePort.GRANTED, waiting.join());
        assertEquals(1, semaphore.available());
        assertTrue(semaphore.isBroken());
        semaphore.mend();
        assertFalse(semaphore.isBroken());
    }

    @Test
    void permitsThatAnotherReleasedDoNotComeBackTwice() {
        HostedSemaphore semaphore = new HostedSemaphore(1, true);
        as(one);
        assertTrue(semaphore.tryAcquire(1));
        as(other);
        semaphore.release(1);
        clients.lost(one);
        assertEquals(1, semaphore.available());
        assertFalse(semaphore.isBroken());
        assertThrows(IllegalStateException.class, () -> semaphore.release(1));
    }

    @Test
    void aBarrierBreaks() {
        HostedBarrier barrier = new HostedBarrier(3, null);
        as(one);
        barrier.await(THREAD, EVER);
        as(other);
        CompletableFuture<Integer> waiting = barrier.await(THREAD, EVER);
        clients.lost(one);
        assertEquals(BarrierPort.BROKEN, waiting.join());
        assertTrue(barrier.isBroken());
    }

    @Test
    void nobodyLeavesABarrierWhileItsActionRuns() {
        HostedBarrier[] self = new HostedBarrier[1];
        self[0] = new HostedBarrier(3, () -> {
            assertFalse(self[0].cancel(THREAD), "as an interrupt does");
            clients.lost(one);
            return self[0].waiting();
        });
        as(one);
        CompletableFuture<Integer> dies = self[0].await(THREAD, EVER);
        as(other);
        CompletableFuture<Integer> waits = self[0].await(THREAD, EVER);
        assertEquals(0, self[0].await(THREAD + 1, EVER).join());
        assertEquals(1, waits.join());
        assertTrue(dies.isDone());
        assertFalse(self[0].isBroken(), "all had come");
    }

    @Test
    void workThatWasTakenAndNotDoneCountsAsDoneAndShows() {
        HostedQueue queue = new HostedQueue(10);
        queue.offerAll(new Object[] {"a", "b"});
        as(one);
        assertEquals("a", queue.poll());
        as(other);
        assertEquals("b", queue.poll());
        CompletableFuture<Integer> joined = queue.join(THREAD, EVER);
        queue.taskDone();
        assertFalse(joined.isDone());
        clients.lost(one);
        assertEquals(QueuePort.GRANTED, joined.join());
        assertTrue(queue.isBroken());
    }

    @Test
    void anElementIsNotHandedToWhoIsLost() {
        HostedQueue queue = new HostedQueue(10);
        as(one);
        CompletableFuture<Object> gone = queue.take(THREAD, EVER);
        clients.lost(one);
        assertNull(gone.join());
        as(other);
        assertTrue(queue.offer("a"));
        assertEquals("a", queue.poll());
    }

    @Test
    void aWaitWhoseCallWasGivenUpTakesNothing() {
        HostedLock lock = new HostedLock(false);
        assertTrue(lock.tryLock(false, THREAD));
        CompletableFuture<Integer> waiting = lock.lock(false, THREAD + 1, EVER);
        waiting.cancel(true); // as the deadline of a call does
        lock.unlock(false, THREAD);
        assertFalse(lock.isLocked());
        assertThrows(CancellationException.class, waiting::join);
    }

    @Test
    void aTimeLimitEndsAWaitInTheWorker() {
        HostedLock lock = new HostedLock(false);
        assertTrue(lock.tryLock(false, THREAD));
        assertEquals(LockPort.TIMED_OUT, lock.lock(false, THREAD + 1, 1_000_000).join());
        assertEquals(LockPort.TIMED_OUT, lock.lock(false, THREAD + 1, 0).join());
        lock.unlock(false, THREAD);
        assertFalse(lock.isLocked());
        assertFalse(lock.cancel(THREAD + 1));
    }

    @Test
    void aReaderThatWaitedBehindAWriterThatGaveUpGoesOn() {
        HostedLock lock = new HostedLock(true);
        assertTrue(lock.tryLock(true, THREAD));
        CompletableFuture<Integer> writer = lock.lock(false, THREAD + 1, EVER);
        assertFalse(lock.tryLock(true, THREAD + 2), "it would overtake the writer");
        CompletableFuture<Integer> reader = lock.lock(true, THREAD + 2, EVER);
        assertTrue(lock.cancel(THREAD + 1));
        assertEquals(LockPort.CANCELLED, writer.join());
        assertEquals(LockPort.GRANTED, reader.join());
        assertEquals(2, lock.readers());
    }
}
