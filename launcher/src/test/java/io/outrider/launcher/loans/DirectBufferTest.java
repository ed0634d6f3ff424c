package io.outrider.launcher.loans;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.ArenaUsage;
import io.outrider.api.Blocking;
import io.outrider.api.CallPipeline;
import io.outrider.api.LoanArena;
import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.ContractException;
import io.outrider.error.PayloadTooLargeException;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    /** From so many bytes on an array has a block of its own. */
    private static final int ARRAY_IN_BLOCK = 16 * 1024;

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Random random = new Random(7);
    private RemoteObject<Bench> object;
    private Bench bench;

    /** Refused when an object is made. */
    interface Filler {
        void fill(MutableDirectBuffer buffer);
    }

    /** Where a buffer lies. */
    interface Places {
        /** The name of the file that is mapped there; empty if none is. */
        String here(DirectBuffer buffer) throws IOException;

        @Blocking
        String copied(DirectBuffer buffer) throws IOException;

        Iterator<Byte> each(DirectBuffer buffer);
    }

    /** Looks its own memory up. */
    static final class Mappings implements Places {
        private static final Pattern MAPPING = Pattern.compile("(\\p{XDigit}+)-(\\p{XDigit}+) .*?(/.*)?");

        @Override
        public String here(DirectBuffer buffer) throws IOException {
            for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
                Matcher mapping = MAPPING.matcher(line);
                if (mapping.matches()
                        && Long.parseUnsignedLong(mapping.group(1), 16) <= buffer.addressOffset()
                        && Long.parseUnsignedLong(mapping.group(2), 16) > buffer.addressOffset()) {
                    return buffer.byteArray() != null || mapping.group(3) == null ? "" : mapping.group(3);
                }
            }
            return "";
        }

        @Override
        public String copied(DirectBuffer buffer) throws IOException {
            return here(buffer);
        }

        @Override
        public Iterator<Byte> each(DirectBuffer buffer) {
            return List.of(buffer.getByte(0), buffer.getByte(1)).iterator();
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
    void aBufferIsReadWhereItLies() throws Exception {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[1000]);
        UnsafeBuffer large = new UnsafeBuffer(new byte[100_000]);
        try (RemoteObject<Places> object = workers().create(Places.class, Mappings::new);
                RemoteObject<Places> concurrent =
                        workers().create(Places.class, Mappings::new, ObjectOptions.DEFAULT.concurrent(2))) {
            Places places = object.stub();
            String lane = places.here(buffer);
            assertTrue(lane.startsWith("/dev/shm/") && !lane.contains("arena"), () -> "a small one is in " + lane);
            String block = places.here(large);
            assertTrue(block.startsWith("/dev/shm/") && block.endsWith("/arena"), () -> "a large one is in " + block);
            assertEquals(Path.of(block).getParent(), linkOf(Path.of(lane)), "of one link");

            assertEquals("", places.copied(buffer), "what may take long reads from a copy");
            assertEquals("", concurrent.stub().here(buffer));
            assertEquals("", object.within(LIMIT).stub().here(buffer), "so does what may have to be interrupted");
            assertEquals(block, places.copied(large), "a block is not copied for that");
            assertEquals(block, concurrent.stub().here(large));
            assertEquals(block, object.within(LIMIT).stub().here(large));

            buffer.putByte(1, (byte) 7);
            List<Byte> values = new ArrayList<>();
            places.each(buffer).forEachRemaining(values::add);
            assertEquals(List.of((byte) 0, (byte) 7), values, "a generator is made of one, too");
        }
    }

    /** The files of a lane may be in a directory of its own. */
    private static Path linkOf(Path lane) {
        Path directory = lane.getParent();
        return Files.exists(directory.resolve("arena")) ? directory : directory.getParent();
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

    /** A method that returns what it is given. */
    private interface Echo<A> {
        A call(Relay relay, A values);
    }

    /** Values of one kind, and the method for them. */
    private record Kind<A>(A values, int bytes, Echo<A> echo) {
        void send(Relay relay) {
            echo.call(relay, values);
        }
    }

    private List<Kind<?>> kinds(int bytes) {
        ByteBuffer values = ByteBuffer.wrap(bytes(bytes));
        boolean[] booleans = new boolean[bytes];
        booleans[bytes / 3] = true;
        char[] chars = new char[bytes / Character.BYTES];
        values.asCharBuffer().get(chars);
        short[] shorts = new short[bytes / Short.BYTES];
        values.asShortBuffer().get(shorts);
        int[] ints = new int[bytes / Integer.BYTES];
        values.asIntBuffer().get(ints);
        float[] floats = new float[bytes / Float.BYTES];
        values.asFloatBuffer().get(floats);
        long[] longs = new long[bytes / Long.BYTES];
        values.asLongBuffer().get(longs);
        double[] doubles = new double[bytes / Double.BYTES];
        values.asDoubleBuffer().get(doubles);
        return List.of(
                new Kind<>(values.array(), bytes, Relay::bytes),
                new Kind<>(booleans, bytes, Relay::booleans),
                new Kind<>(chars, bytes, Relay::chars),
                new Kind<>(shorts, bytes, Relay::shorts),
                new Kind<>(ints, bytes, Relay::ints),
                new Kind<>(floats, bytes, Relay::floats),
                new Kind<>(longs, bytes, Relay::longs),
                new Kind<>(doubles, bytes, Relay::doubles),
                new Kind<>(ByteBuffer.allocateDirect(bytes).put(values).flip(), bytes, Relay::byteBuffer));
    }

    @Test
    void arraysOfEveryKindCrossInABlockOfTheirOwnOnceTheyAreLarge() throws Exception {
        List<Object> results = new ArrayList<>();
        try (RemoteObject<Relay> relay = workers().create(Relay.class, Relay.Working::new);
                RemoteObject<Relay> porter = workers().create(Relay.class, Relay.Working::new);
                CallPipeline<Relay> pipeline = relay.pipeline(1, (tag, outcome) -> results.add(outcome.get()))) {
            LoanArena arena = relay.arena();
            for (int bytes : new int[] {ARRAY_IN_BLOCK - Long.BYTES, ARRAY_IN_BLOCK, 100_000}) {
                boolean inBlock = bytes >= ARRAY_IN_BLOCK; // else it goes with the message, wherever that goes
                for (Kind<?> kind : kinds(bytes)) {
                    CompletableFuture<Boolean> busy = relay.async(Relay::hold);
                    kind.send(pipeline.call(0)); // waits for its turn, with its argument where that was put
                    assertEquals(inBlock, arena.usage().thereBytes() == bytes, () -> arena.usage() + " for " + kind);
                    porter.stub().open();
                    assertEquals(true, Threads.get(busy, LIMIT));
                    new Await(LIMIT)
                            .until(
                                    "the result waits to be taken",
                                    () -> porter.stub().usage().there() == 1);
                    long returned = porter.stub().usage().thereBytes();
                    assertEquals(inBlock, returned == bytes, () -> returned + " bytes for " + kind);
                    pipeline.await();
                    assertTrue(Objects.deepEquals(kind.values(), results.remove(0)), kind::toString);
                }
            }
        }
    }
}
