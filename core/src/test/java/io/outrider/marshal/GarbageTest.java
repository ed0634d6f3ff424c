package io.outrider.marshal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.outrider.error.SerializationException;
import java.lang.management.ManagementFactory;
import java.util.*;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that no writer wrote end in a SerializationException or in some value; never in an Error or in lost memory. */
@Timeout(120)
class GarbageTest {
    /** A message of n bytes may make objects of so many bytes for each of its own, and so many besides. */
    private static final long ALLOCATED_PER_BYTE = 2_000;

    private static final long ALLOCATED_BESIDES = 4_000_000;

    private final Marshaller marshaller = Marshaller.open(getClass().getClassLoader());
    private final Trip trip = new Trip(marshaller, marshaller);
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomBytes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[4 + random.nextInt(60)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                // Small numbers are ids of types and small lengths: these get further.
                for (int j = 0; j < bytes.length; j++) {
                    bytes[j] &= 0x7f;
                }
            }
            new UnsafeBuffer(bytes).putInt(0, bytes.length - 4);
            decode(bytes, "seed " + seed + ", message " + i);
        }
    }

    @Test
    void everyBuiltInTypeFollowedByNothingOrByLargeNumbers() {
        for (int code = 0; code < 300; code++) {
            for (int tail : new int[] {0, 0x7f, 0xff, 0x01}) {
                byte[] bytes = new byte[40];
                Arrays.fill(bytes, 6, 40, (byte) tail);
                bytes[4] = (byte) (code < 128 ? code : code & 0x7f | 0x80);
                bytes[5] = (byte) (code < 128 ? 1 : code >>> 7);
                new UnsafeBuffer(bytes).putInt(0, 36);
                decode(bytes, "code " + code + ", tail " + tail);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void damagedMessages(long seed) throws Exception {
        Random random = new Random(seed);
        List<Object> values = new ArrayList<>(Samples.values());
        values.removeIf(value -> value instanceof String text && text.length() > 1_000);
        UserTypesTest.Task<String> task = () -> "ran";
        values.add(task);
        values.add(new RuntimeException("r", new Exception("c")));
        values.addAll(Samples.views().keySet());
        for (Object value : values) {
            byte[] bytes = trip.encode(value);
            for (int i = 0; i < 80; i++) {
                byte[] damaged = bytes.clone();
                int at = 4 + random.nextInt(bytes.length - 4);
                damaged[at] = (byte) (random.nextBoolean() ? random.nextInt() : damaged[at] ^ 1 << random.nextInt(8));
                decode(
                        damaged,
                        "seed " + seed + ", " + value.getClass().getName() + ", byte " + at + " = " + damaged[at]);
            }
            byte[] cut = Arrays.copyOf(bytes, 4 + random.nextInt(bytes.length - 4));
            new UnsafeBuffer(cut).putInt(0, cut.length - 4);
            decode(cut, "seed " + seed + ", " + value.getClass().getName() + " cut to " + cut.length);
        }
    }

    @Test
    void damagedFailures() {
        Random random = new Random(5);
        ValueWriter writer = new ValueWriter(marshaller, 1 << 20);
        writer.reset(0);
        marshaller.writeFailure(new IllegalStateException("x", new Exception("y")), writer);
        byte[] bytes = new byte[writer.length()];
        writer.buffer().getBytes(0, bytes);
        ValueReader reader = new ValueReader(marshaller);
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(bytes.length)] = (byte) random.nextInt();
            reader.wrap(new UnsafeBuffer(damaged), 0, damaged.length);
            try {
                marshaller.readFailure(reader);
            } catch (SerializationException e) {
                assertTrue(e.getMessage().length() > 10);
            }
        }
    }

    @Test
    void aReaderGoesOnAfterGarbage() {
        byte[] good = trip.encode(List.of("good"));
        Random random = new Random(9);
        ValueReader reader = new ValueReader(marshaller);
        for (int i = 0; i < 1_000; i++) {
            byte[] bad = good.clone();
            bad[4 + random.nextInt(bad.length - 4)] ^= (byte) (1 + random.nextInt(255));
            reader.wrap(new UnsafeBuffer(bad), 0, bad.length);
            try {
                reader.getObject();
            } catch (SerializationException expected) {
                // Most are.
            }
            reader.wrap(new UnsafeBuffer(good), 0, good.length);
            assertEquals(List.of("good"), reader.getObject());
        }
    }

    private void decode(byte[] bytes, String what) {
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            trip.decode(bytes);
        } catch (SerializationException e) {
            assertTrue(e.getMessage().length() > 10, what);
        } catch (AssertionError e) {
            if (!String.valueOf(e.getMessage()).endsWith("bytes left")) {
                throw e;
            }
        } catch (Throwable e) {
            fail(what + ": " + e, e);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        if (allocated > ALLOCATED_BESIDES + ALLOCATED_PER_BYTE * bytes.length) {
            fail(what + ": " + allocated + " bytes were allocated for " + bytes.length);
        }
    }
}
