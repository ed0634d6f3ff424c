package io.outrider.launcher.loans;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.ArenaUsage;
import io.outrider.api.Blocking;
import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.ContractException;
import io.outrider.error.PayloadTooLargeException;
import io.outrider.launcher.support.OnBothTransports;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Agrona's buffers as arguments and results, and arrays that are large. */
@Timeout(60)
class DirectBufferTest extends OnBothTransports {
    private static final int LANE = 1 << 16;
    private static final int PAYLOAD = 1 << 20;

    private final Random random = new Random(7);
    private RemoteObject<Bench> object;
    private Bench bench;

    /** Refused when an object is made. */
    interface Filler {
        void fill(MutableDirectBuffer buffer);
    }

    /** Where a buffer lies. */
    interface Places {
        long here(DirectBuffer buffer);

        @Blocking
        long copied(DirectBuffer buffer);
    }

    /** Tells addresses. */
    static final class Addresses implements Places {
        @Override
        public long here(DirectBuffer buffer) {
            return buffer.addressOffset();
        }

        @Override
        public long copied(DirectBuffer buffer) {
            return buffer.addressOffset();
        }
    }

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.laneBytes(LANE).maxPayloadBytes(PAYLOAD);
    }

    @BeforeEach
    void createObject() {
        object = workers().create(Bench.class, Bench.Working::new);
        bench = object.stub();
    }

    @AfterEach
    void everythingIsGivenBack() {
        ArenaUsage here = object.arena().usage();
        assertEquals(0, here.here() + here.there() + here.borrowed(), here::toString);
        ArenaUsage there = bench.usage();
        assertEquals(0, there.here() + there.there() + there.borrowed(), there::toString);
        object.close();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void buffersOfAllSizesAndKindsAreReadThereAndCopiedBack() {
        for (int length : new int[] {0, 1, 100, LANE / 8 - 200, LANE / 8, 16_383, 16_384, 100_000}) {
            byte[] bytes = bytes(length);
            DirectBuffer onHeap = new UnsafeBuffer(bytes);
            UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
            direct.putBytes(0, bytes);
            int expected = new Bench.Working().checkSum(onHeap);
            assertEquals(expected, bench.checkSum(onHeap));
            assertEquals(expected, bench.checkSum(direct));
            DirectBuffer back = bench.echoBuffer(direct);
            assertEquals(0, back.compareTo(onHeap));
            assertEquals(0, ((DirectBuffer) bench.any(onHeap)).compareTo(onHeap));
        }
        assertThrows(PayloadTooLargeException.class, () -> bench.checkSum(new UnsafeBuffer(new byte[PAYLOAD])));
        assertEquals(null, bench.echoBuffer(null));
    }

    @Test
    void aBufferIsValidForTheTimeOfItsCall() {
        for (int length : new int[] {100, 100_000}) {
            UnsafeBuffer buffer = new UnsafeBuffer(new byte[length]);
            buffer.putInt(0, 77);
            assertEquals(77, bench.keepBuffer(buffer));
            String message = bench.readKeptBuffer();
            assertTrue(message.contains("valid for the time of the call"), message);
        }
    }

    @Test
    void aSmallBufferIsReadOnTheLaneItself() {
        try (RemoteObject<Places> places = workers().create(Places.class, Addresses::new);
                RemoteObject<Places> concurrent =
                        workers().create(Places.class, Addresses::new, ObjectOptions.DEFAULT.concurrent(2))) {
            UnsafeBuffer buffer = new UnsafeBuffer(new byte[1000]);
            long first = places.stub().here(buffer);
            long second = places.stub().here(buffer);
            // On the lane each frame has a place of its own, at least a frame after the last; a copy is where it was
            // before.
            assertTrue(Math.abs(second - first) >= 1000, first + " and " + second);
            places.stub().copied(buffer);
            concurrent.stub().here(buffer);
        }
    }

    @Test
    void theLaneGoesOnAfterAMethodThatHeldIt() throws Exception {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[1000]);
        buffer.putLong(0, 5);
        CompletableFuture<Long> slow = object.async(stub -> stub.slowBuffer(buffer, 100));
        try (RemoteObject<Bench> other = workers().create(Bench.class, Bench.Working::new)) {
            assertEquals(0, other.stub().checkSum(new UnsafeBuffer(new byte[10])));
        }
        assertEquals(5L, slow.get(20, TimeUnit.SECONDS));
        for (int i = 0; i < 200; i++) { // around the lane
            assertEquals(0, bench.checkSum(new UnsafeBuffer(new byte[1000])));
        }
    }

    @Test
    void aBufferToFillIsNoArgument() {
        ContractException refused =
                assertThrows(ContractException.class, () -> workers().create(Filler.class, () -> buffer -> {}));
        assertTrue(refused.getMessage().contains("org.agrona.DirectBuffer, or pass a Loan"), refused::getMessage);
    }

    @Test
    void largeArraysComeBackEqual() {
        for (int length : new int[] {16_383, 16_384, 100_000}) {
            byte[] bytes = bytes(length);
            assertArrayEquals(bytes, bench.bytes(bytes));
            double[] doubles = random.doubles(length / Double.BYTES).toArray();
            assertArrayEquals(doubles, bench.doubles(doubles));
            boolean[] booleans = new boolean[length];
            Arrays.fill(booleans, length / 3, length / 2, true);
            assertArrayEquals(booleans, bench.booleans(booleans));
            ByteBuffer buffer = ByteBuffer.wrap(bytes).position(7).limit(length - 5);
            ByteBuffer back = bench.byteBuffer(buffer);
            assertEquals(buffer, back);
            assertEquals(7, back.position());
            assertEquals(length - 5, back.capacity());
            assertEquals(buffer.order(), back.order());
            assertEquals(
                    true,
                    bench.byteBuffer(ByteBuffer.allocateDirect(length).asReadOnlyBuffer())
                            .isReadOnly());
        }
        assertEquals(3 * 40_000, bench.lengths(new byte[40_000], new long[40_000], new double[40_000]));
        assertThrows(
                PayloadTooLargeException.class,
                () -> bench.lengths(new byte[PAYLOAD / 2], new long[PAYLOAD / 16], new double[100]));
    }
}
