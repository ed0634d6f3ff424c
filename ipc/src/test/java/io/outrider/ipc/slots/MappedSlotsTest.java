package io.outrider.ipc.slots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.ipc.queue.QueueTransport;
import io.outrider.ipc.ring.RingTransport;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.testkit.TestLink;
import io.outrider.transport.Claim;
import io.outrider.transport.DirectSlots;
import io.outrider.transport.FrameHandler;
import io.outrider.transport.Link;
import io.outrider.transport.Publication;
import io.outrider.transport.Side;
import io.outrider.transport.TransportProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
@ExtendWith(LeavesNothingBehind.class)
@ParameterizedClass
@MethodSource("transports")
class MappedSlotsTest {
    private static final int LANE = 1 << 20;

    @Parameter
    private TransportProvider transport;

    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[256]);
    private final List<Long> taken = new ArrayList<>();
    private final FrameHandler take = (buffer, offset, length) -> taken.add(buffer.getLong(offset + length - 8));
    private TestLink files;
    private Link client;
    private Link worker;
    private DirectSlots calls;
    private DirectSlots replies;

    static Stream<TransportProvider> transports() {
        return Stream.of(new QueueTransport(), new RingTransport());
    }

    @BeforeEach
    void open() {
        files = TestLink.create(transport, LANE, LANE / 8, LANE);
        client = files.open(Side.CLIENT);
        worker = files.open(Side.WORKER);
        calls = client.directSlots();
        replies = worker.directSlots();
    }

    @AfterEach
    void close() {
        client.close();
        worker.close();
        files.close();
    }

    @Test
    void carriesAFrameThereAndBackInEachSlotAgainAndAgain() {
        for (int round = 0; round < 3; round++) {
            for (int slot = calls.count() - 1; slot >= 0; slot--) {
                send(slot, 100 * round + slot, calls.maxFrameLength());
                assertEquals(DirectSlots.NOTHING, calls.poll(slot));
                assertEquals(slot, replies.nextCall(take));
                assertEquals(DirectSlots.NONE, replies.nextCall(take), "taken once");
                assertTrue(replies.reply(slot, message(7 * slot, 21), 21));
                assertEquals(21, calls.poll(slot));
                assertEquals(7 * slot, calls.replies().getLong(calls.replyOffset(slot) + 21 - 8));
            }
        }
        assertEquals(3 * calls.count(), taken.size());
        assertEquals(215, taken.get(2 * calls.count()));
    }

    @Test
    void takesTheSlotsInTurn() {
        send(0, 10, 8);
        send(1, 11, 8);
        send(2, 12, 8);
        assertEquals(0, replies.nextCall(take));
        replies.reply(0, message(0, 8), 8);
        send(0, 20, 8);
        assertEquals(1, replies.nextCall(take));
        assertEquals(2, replies.nextCall(take));
        assertEquals(0, replies.nextCall(take));
        assertEquals(List.of(10L, 11L, 12L, 20L), taken);
    }

    @Test
    void staysBehindTheFramesThatWereSentBefore() {
        offer(1);
        offer(2);
        send(0, 3, 8);
        assertEquals(DirectSlots.NONE, replies.nextCall(take));
        offer(4);
        assertEquals(1, worker.subscription().poll(take, 1));
        assertEquals(DirectSlots.NONE, replies.nextCall(take));
        assertEquals(1, worker.subscription().poll(take, 1));
        assertEquals(0, replies.nextCall(take), "it need not wait for what was sent after it was seen");
        assertEquals(1, worker.subscription().poll(take, 1));
        assertEquals(List.of(1L, 2L, 3L, 4L), taken);
    }

    @Test
    void takesOneCallOutOfItsTurnOnce() {
        offer(1);
        send(0, 10, 8);
        send(1, 11, 8);
        DirectSlots.FrameTest wanted = (buffer, offset, length) -> buffer.getLong(offset + length - 8) == 11;
        assertEquals(1, replies.takeCall(wanted, take));
        assertEquals(DirectSlots.NONE, replies.takeCall(wanted, take));
        assertEquals(1, worker.subscription().poll(take, 1));
        assertEquals(0, replies.nextCall(take));
        assertEquals(DirectSlots.NONE, replies.nextCall(take));
        assertEquals(List.of(11L, 1L, 10L), taken);
    }

    @Test
    void aLongReplyIsAnnouncedForTheLane() {
        send(5, 1, 8);
        assertEquals(5, replies.nextCall(take));
        assertFalse(replies.reply(5, frame, replies.maxFrameLength() + 1));
        assertEquals(DirectSlots.IN_LANE, calls.poll(5));
        send(5, 2, 8);
        assertEquals(DirectSlots.NOTHING, calls.poll(5));
        assertEquals(5, replies.nextCall(take));
        replies.replyInLane(5);
        assertEquals(DirectSlots.IN_LANE, calls.poll(5));
    }

    @Test
    void aLengthThatNoReplyCanHaveIsGarbage() {
        AtomicBuffer memory = (AtomicBuffer) replies.replies();
        for (int garbage : new int[] {-1, Integer.MIN_VALUE, calls.maxFrameLength() + 1, Integer.MAX_VALUE}) {
            send(5, 1, 8);
            assertEquals(5, replies.nextCall(take));
            assertTrue(replies.reply(5, message(2, 8), 8));
            memory.putIntVolatile(calls.replyOffset(5) - 16, garbage);
            assertEquals(DirectSlots.GARBLED, calls.poll(5), () -> "length " + garbage);
        }
    }

    @Test
    void findsNothingOnceItIsClosed() {
        send(0, 1, 8);
        worker.close();
        assertEquals(DirectSlots.NONE, replies.nextCall(take));
    }

    private void send(final int slot, final long value, final int length) {
        calls.send(slot, message(value, length), length);
    }

    private UnsafeBuffer message(final long value, final int length) {
        frame.putLong(length - 8, value);
        return frame;
    }

    private void offer(final long value) {
        final Claim claim = new Claim();
        assertEquals(Publication.OK, client.publication().tryClaim(8, claim));
        claim.buffer().putLong(claim.offset(), value);
        claim.commit();
    }
}
