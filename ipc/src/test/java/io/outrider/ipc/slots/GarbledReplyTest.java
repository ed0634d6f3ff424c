package io.outrider.ipc.slots;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.outrider.config.OutriderConfig;
import io.outrider.config.WaitStrategy;
import io.outrider.contract.Contract;
import io.outrider.engine.CallClient;
import io.outrider.engine.ClientThreads;
import io.outrider.engine.IdlePolicy;
import io.outrider.engine.ObjectHandle;
import io.outrider.error.ClosedException;
import io.outrider.error.ProtocolException;
import io.outrider.ipc.queue.QueueTransport;
import io.outrider.ipc.ring.RingTransport;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueWriter;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.stub.ObjectRef;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.testkit.TestLink;
import io.outrider.transport.DirectSlots;
import io.outrider.transport.Link;
import io.outrider.transport.Side;
import io.outrider.transport.TransportProvider;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker that writes nonsense into a direct slot: that call fails at once and says so, and is counted; the next ones work. */
@Timeout(30)
@ExtendWith(LeavesNothingBehind.class)
class GarbledReplyTest {
    private static final int LANE = 1 << 20;
    private static final int GARBAGE = 1 << 24;
    private static final long LONG_ENOUGH_TO_PARK_MS = 50;

    interface Numbers {
        long next(long value);
    }

    private final Marshaller marshaller = Marshaller.open(GarbledReplyTest.class.getClassLoader());

    static Stream<Arguments> all() {
        return Stream.of(new QueueTransport(), new RingTransport())
                .flatMap(transport -> Stream.of(WaitStrategy.values()).map(strategy -> arguments(transport, strategy)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void failsTheCallAndNoOther(TransportProvider transport, WaitStrategy strategy) throws Exception {
        try (TestLink files = TestLink.create(transport, LANE, LANE / 8, LANE);
                Link worker = files.open(Side.WORKER)) {
            CallClient client = new CallClient(
                    3,
                    files.open(Side.CLIENT),
                    marshaller,
                    OutriderConfig.builder().transport("ring").conclude().link(),
                    new IdlePolicy(strategy, 2),
                    () -> {},
                    new ClientThreads(Runnable::run, Runnable::run));
            Thread answering = new Thread(() -> answer(worker.directSlots()));
            answering.start();
            try {
                ObjectRef ref = new ObjectRef("there", 3, 7, Contract.of(Numbers.class));
                Numbers numbers =
                        new ObjectHandle<>(client, Contract.of(Numbers.class), ref, Runnable::run, closed -> {}).stub();
                assertEquals(1, numbers.next(0));
                for (int round = 1;
                        round <= 2;
                        round++) { // the first is answered at once, the second when the caller has parked
                    int ms = round == 1 ? 0 : 1;
                    ProtocolException garbled = assertThrows(ProtocolException.class, () -> numbers.next(-1 - ms));
                    assertTrue(garbled.getMessage().contains("worker 3"), garbled::getMessage);
                    assertEquals(round, client.malformedFrames());
                    assertEquals(10 + round, numbers.next(9 + round));
                }
                assertEquals(0, client.inFlight());
            } finally {
                answering.interrupt();
                answering.join();
                client.end(() -> new ClosedException("the test is over"));
                assertTrue(client.close());
            }
        }
    }

    /** Adds one; but answers a negative value with garbage, and less than -1 late. */
    private void answer(DirectSlots slots) {
        long[] call = new long[2];
        while (!Thread.interrupted()) {
            int slot = slots.nextCall((frame, offset, length) -> read(frame, offset, call));
            if (slot == DirectSlots.NONE) {
                Thread.yield();
                continue;
            }
            if (call[1] < -1) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LONG_ENOUGH_TO_PARK_MS));
            }
            ValueWriter outcome = new ValueWriter(marshaller, LANE);
            outcome.reset(FrameDescriptor.OUTCOME_HEADER);
            outcome.putLong(call[1] + 1);
            FrameDescriptor.putOutcome(outcome.buffer(), 0, FrameDescriptor.VALUE, (short) 0, call[0]);
            if (call[1] >= 0) {
                slots.reply(slot, outcome.buffer(), outcome.length());
            } else {
                AtomicBuffer memory = (AtomicBuffer) slots.replies();
                int word = slots.replyOffset(slot) - 2 * Long.BYTES;
                int callWord = word - 128;
                long number = memory.getLongVolatile(callWord) >>> Integer.SIZE;
                memory.putLongVolatile(word, (number << Integer.SIZE) | GARBAGE);
            }
        }
    }

    private static void read(DirectBuffer frame, int offset, long[] call) {
        call[0] = FrameDescriptor.correlationId(frame, offset);
        call[1] = frame.getLong(offset + FrameDescriptor.CALL_HEADER);
    }
}
