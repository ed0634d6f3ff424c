package io.outrider.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.contract.Contract;
import io.outrider.error.ClosedException;
import io.outrider.error.ErrorCode;
import io.outrider.error.PayloadTooLargeException;
import io.outrider.error.RemoteCallException;
import io.outrider.loan.LinkArena;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueWriter;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.protocol.Refusal;
import io.outrider.stub.ObjectRef;
import io.outrider.transport.DirectSlots;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The states of a pending call, and the table that holds them. */
@Timeout(60)
class PendingCallTest {
    private static final Marshaller MARSHALLER = Marshaller.open(PendingCallTest.class.getClassLoader());
    private static final LinkArena NO_LOANS = null;

    interface Numbers {
        long next(long value);
    }

    private final ObjectRef ref = new ObjectRef("there", 3, 7, Contract.of(Numbers.class));

    private PendingCall started(PendingCalls table) {
        PendingCall call = table.tryClaim();
        assertNotNull(call);
        call.start(ref, 0, 0);
        return call;
    }

    private static PendingCalls table(int capacity) {
        return new PendingCalls(capacity, DirectSlots.ABSENT, MARSHALLER, 1_000, NO_LOANS);
    }

    private static UnsafeBuffer outcome(byte type, long correlationId, Consumer<ValueWriter> body) {
        ValueWriter writer = new ValueWriter(MARSHALLER, 10_000);
        writer.reset(FrameDescriptor.OUTCOME_HEADER);
        body.accept(writer);
        FrameDescriptor.putOutcome(writer.buffer(), 0, type, (short) 0, correlationId);
        return new UnsafeBuffer(writer.buffer(), 0, writer.length());
    }

    private static boolean complete(PendingCall call, long value) {
        UnsafeBuffer frame = outcome(FrameDescriptor.VALUE, call.correlationId(), writer -> writer.putLong(value));
        boolean completed = call.complete(frame, 0, frame.capacity());
        if (!completed) {
            call.freeIfAbandoned();
        }
        return completed;
    }

    @Test
    void fromClaimToResult() {
        PendingCalls calls = table(2);
        PendingCall call = started(calls);
        assertFalse(call.isFree());
        assertEquals(1, calls.inFlight());
        assertFalse(complete(call, 1), "nobody waits yet");
        call.expectOutcome();
        assertTrue(call.isWaiting());
        assertTrue(complete(call, 42));
        assertFalse(call.isWaiting());
        assertFalse(complete(call, 43), "the second outcome changes nothing");
        call.openResult();
        assertEquals(42, call.result().getLong());
        call.free();
        assertTrue(call.isFree());
        assertEquals(0, calls.inFlight());
    }

    @Test
    void theTableIsBoundedAndGivesAThreadItsSlotAgain() {
        PendingCalls calls = table(3);
        PendingCall one = started(calls);
        PendingCall two = started(calls);
        PendingCall three = started(calls);
        assertNull(calls.tryClaim());
        assertEquals(3, calls.inFlight());
        three.free();
        assertSame(three, started(calls));
        assertNull(calls.tryClaim());
        one.free();
        two.free();
        assertEquals(1, calls.inFlight());
    }

    @Test
    void anOutcomeFindsItsOwnUseOnly() {
        PendingCalls calls = table(2);
        PendingCall call = started(calls);
        long first = call.correlationId();
        assertSame(call, calls.find(first));
        call.free();
        PendingCall again = started(calls);
        assertSame(call, again);
        assertNotEquals(first, again.correlationId());
        assertNull(calls.find(first), "of an earlier use");
        for (long garbage : new long[] {-1, 0, 1, 2, 65_535, first + 1, first + (1L << 40), Long.MIN_VALUE}) {
            assertNull(calls.find(garbage), Long.toHexString(garbage));
        }
        Set<Long> ids = new HashSet<>();
        for (int i = 0; i < 70_000; i++) {
            assertTrue(ids.add(again.correlationId()));
            again.free();
            again = started(calls);
        }
    }

    @Test
    void aCallThatIsGivenUpIsFreedByItsLateOutcome() {
        PendingCalls calls = table(1);
        PendingCall call = started(calls);
        call.expectOutcome();
        assertTrue(call.abandon());
        call.free();
        assertFalse(call.isFree(), "its outcome may still come");
        assertNull(calls.tryClaim());
        assertSame(call, calls.find(call.correlationId()));
        assertFalse(complete(call, 1), "nobody waits for it");
        assertTrue(call.isFree());
        assertSame(call, started(calls));
    }

    @Test
    void whoGivesUpTooLateHasTheOutcome() {
        PendingCall call = started(table(1));
        call.expectOutcome();
        assertTrue(complete(call, 5));
        assertFalse(call.abandon());
        call.openResult();
        assertEquals(5, call.result().getLong());
        call.free();
        assertTrue(call.isFree());
    }

    @Test
    void nothingSentIsTakenBack() {
        PendingCall call = started(table(1));
        call.expectOutcome();
        assertTrue(call.retract());
        assertFalse(call.isWaiting());
        assertFalse(complete(call, 1));
        call.free();
        assertTrue(call.isFree());
    }

    @Test
    void theEndFailsWhoWaitsAndFreesWhoGaveUp() {
        PendingCalls calls = table(3);
        PendingCall waits = started(calls);
        waits.expectOutcome();
        PendingCall gaveUp = started(calls);
        gaveUp.expectOutcome();
        assertTrue(gaveUp.abandon());
        PendingCall claimed = started(calls);
        assertTrue(waits.failWaiting());
        assertFalse(gaveUp.failWaiting());
        assertTrue(gaveUp.isAbandoned());
        assertTrue(gaveUp.freeIfAbandoned());
        assertFalse(claimed.failWaiting());
        assertTrue(waits.isFailed());
        assertTrue(gaveUp.isFree());
        assertFalse(claimed.isFailed());
        assertFalse(waits.retract(), "its sender learns that it was failed");
        assertFalse(waits.failWaiting());
        assertFalse(complete(waits, 1));
        waits.free();
        assertTrue(waits.isFree());
    }

    @Test
    void onlyItsOwnerFrees() throws InterruptedException {
        PendingCall call = started(table(1));
        Thread stranger = new Thread(() -> call.free());
        stranger.start();
        stranger.join();
        assertFalse(call.isFree());
        Thread heir = new Thread(() -> {
            call.own();
            call.free();
        });
        heir.start();
        heir.join();
        assertTrue(call.isFree());
        call.free();
    }

    @Test
    void otherOutcomesAreThrown() {
        PendingCalls calls = table(1);
        PendingCall call = started(calls);
        call.expectOutcome();
        UnsafeBuffer threw = outcome(
                FrameDescriptor.THREW,
                call.correlationId(),
                writer -> MARSHALLER.writeFailure(new IllegalStateException("there"), writer));
        assertTrue(call.complete(threw, 0, threw.capacity()));
        RemoteCallException remote = assertThrows(RemoteCallException.class, () -> call.openResult());
        assertEquals(3, remote.workerId());
        assertEquals("there", remote.failure().message());
        call.free();

        PendingCall second = started(calls);
        second.expectOutcome();
        Refusal large = new Refusal(ErrorCode.TOO_LARGE, "the result", 200, 100);
        UnsafeBuffer refused = outcome(FrameDescriptor.REFUSED, second.correlationId(), large::write);
        assertTrue(second.complete(refused, 0, refused.capacity()));
        PayloadTooLargeException tooLarge = assertThrows(PayloadTooLargeException.class, () -> second.openResult());
        assertEquals(200, tooLarge.bytes());
        assertEquals(100, tooLarge.maxBytes());
        second.free();

        PendingCall third = started(calls);
        third.expectOutcome();
        Refusal gone = new Refusal(ErrorCode.CLOSED, "there is no object 7 any more", 0, 0);
        UnsafeBuffer closed = outcome(FrameDescriptor.REFUSED, third.correlationId(), gone::write);
        assertTrue(third.complete(closed, 0, closed.capacity()));
        ClosedException exception = assertThrows(ClosedException.class, () -> third.openResult());
        assertTrue(exception.getMessage().contains("worker 3"), exception::getMessage);
    }

    /** The poller completes while the caller gives up: exactly one of the two has the call. */
    @Test
    void givingUpRacesWithTheOutcome() throws InterruptedException {
        PendingCalls calls = table(1);
        AtomicReference<PendingCall> sent = new AtomicReference<>();
        AtomicInteger completed = new AtomicInteger();
        int rounds = 20_000;
        Thread poller = new Thread(() -> {
            for (int i = 0; i < rounds; i++) {
                PendingCall call;
                while ((call = sent.getAndSet(null)) == null) {
                    Thread.yield(); // with fewer processors than threads the other side needs this one
                }
                if (complete(call, i)) {
                    completed.incrementAndGet();
                }
            }
        });
        poller.start();
        int received = 0;
        int abandoned = 0;
        for (int i = 0; i < rounds; i++) {
            PendingCall call;
            while ((call = calls.tryClaim()) == null) {
                Thread.yield();
            }
            call.start(ref, 0, 0);
            call.expectOutcome();
            sent.set(call);
            for (int spin = ThreadLocalRandom.current().nextInt(300); spin > 0 && call.isWaiting(); spin--) {
                Thread.onSpinWait();
            }
            if (call.isWaiting() && call.abandon()) {
                abandoned++;
            } else {
                call.openResult();
                assertEquals(i, call.result().getLong());
                received++;
            }
            call.free();
        }
        poller.join();
        assertEquals(rounds, received + abandoned);
        assertEquals(received, completed.get());
        assertEquals(0, calls.inFlight());
    }
}
