package io.outrider.launcher.sizes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.config.OutriderConfig;
import io.outrider.error.PayloadTooLargeException;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads of every size come back equal, through the lane or the arena; what is too large is refused and nothing else. */
@Timeout(120)
class SizesTest extends OnBothTransports {
    private static final int KB = 1024;
    private static final int MB = 1024 * KB;
    private static final int LARGEST = 64 * MB;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private RemoteObject<Bytes> object;
    private Bytes bytes;
    private int maxPayload;
    private int maxFrame;

    interface Bytes {
        byte[] echo(byte[] value);

        long checksum(byte[] value);

        byte[] make(int length, long seed);

        Object any(Object value);

        int length(byte[] value);
    }

    static final class Echo implements Bytes {
        @Override
        public byte[] echo(byte[] value) {
            return value;
        }

        @Override
        public long checksum(byte[] value) {
            return sum(value);
        }

        @Override
        public byte[] make(int length, long seed) {
            return random(length, seed);
        }

        @Override
        public Object any(Object value) {
            return value;
        }

        @Override
        public int length(byte[] value) {
            return value.length;
        }
    }

    static long sum(byte[] value) {
        CRC32 sum = new CRC32();
        sum.update(value);
        return sum.getValue();
    }

    static byte[] random(int length, long seed) {
        byte[] value = new byte[length];
        new Random(seed).nextBytes(value);
        return value;
    }

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.maxPayloadBytes(LARGEST + 64).jvmArguments("-Xmx1g");
    }

    @BeforeParameterizedClassInvocation
    void make() {
        OutriderConfig config = configure(settings()).conclude();
        maxPayload = config.link().maxPayloadBytes();
        maxFrame = config.link().maxFrameBytes();
        object = workers().create(Bytes.class, Echo::new);
        bytes = object.stub();
    }

    @AfterParameterizedClassInvocation
    void letGo() {
        object.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64 * KB, MB, LARGEST})
    void comesBackEqualByChecksum(int length) {
        byte[] value = random(length, length);
        long expected = sum(value);
        assertEquals(expected, bytes.checksum(value), "on the way out");
        assertEquals(expected, sum(bytes.make(length, length)), "on the way back");
        byte[] back = bytes.echo(value);
        assertEquals(length, back.length);
        assertEquals(expected, sum(back), "both ways");
        assertEquals(expected, sum((byte[]) bytes.any(value)), "as an object");
    }

    @Test
    void aroundTheLimitOfAFrame() {
        int callOverhead = 24 + Integer.BYTES; // header of a call and the length of the array
        int outcomeOverhead = 16 + Integer.BYTES;
        for (int overhead : new int[] {callOverhead, outcomeOverhead}) {
            for (int beside = -2; beside <= 2; beside++) {
                byte[] value = random(maxFrame - overhead + beside, beside);
                assertEquals(sum(value), bytes.checksum(value), "out, " + beside + " beside the limit");
                assertArrayEquals(value, bytes.make(value.length, beside), "back, " + beside + " beside the limit");
                assertArrayEquals(value, bytes.echo(value), "both, " + beside + " beside the limit");
            }
        }
        for (int length = maxFrame - 64; length < maxFrame + 64; length++) {
            assertEquals(length, bytes.echo(new byte[length]).length);
        }
    }

    @Test
    void aroundTheConfiguredMaximum() {
        int most = maxPayload - Integer.BYTES; // an array is its length and its elements
        byte[] fits = new byte[most];
        assertEquals(most, bytes.length(fits));
        PayloadTooLargeException over =
                assertThrows(PayloadTooLargeException.class, () -> bytes.length(new byte[most + 1]));
        assertNamesBoth(over);
        assertEquals(1, bytes.length(new byte[1]), "the lane goes on");
        PayloadTooLargeException back = assertThrows(PayloadTooLargeException.class, () -> bytes.make(most + 1, 1));
        assertNamesBoth(back);
        assertEquals(1, bytes.length(new byte[1]), "the lane goes on");
    }

    @Test
    void aboveTheConfiguredMaximumNamesBothSizesAndTheLaneGoesOn() {
        for (int i = 0; i < 20; i++) {
            assertNamesBoth(
                    assertThrows(PayloadTooLargeException.class, () -> bytes.length(new byte[maxPayload + MB])));
            assertNamesBoth(assertThrows(PayloadTooLargeException.class, () -> bytes.any(new byte[maxPayload + MB])));
            assertNamesBoth(assertThrows(PayloadTooLargeException.class, () -> bytes.make(maxPayload + MB, 2)));
            assertEquals(5, bytes.echo(new byte[5]).length);
        }
        CompletableFuture<byte[]> later = object.async(b -> b.make(maxPayload + MB, 3));
        assertNamesBoth(assertThrows(PayloadTooLargeException.class, () -> Threads.get(later, LIMIT)));
    }

    private void assertNamesBoth(PayloadTooLargeException refused) {
        assertTrue(refused.bytes() > refused.maxBytes(), refused::getMessage);
        assertEquals(maxPayload, refused.maxBytes(), refused::getMessage);
        assertTrue(refused.getMessage().contains(Long.toString(refused.bytes())), refused::getMessage);
        assertTrue(refused.getMessage().contains(Long.toString(refused.maxBytes())), refused::getMessage);
    }

    @Test
    void manyLargeOnesAtOnce() throws Exception {
        List<CompletableFuture<byte[]>> futures = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            byte[] value = random(MB + i, i);
            futures.add(object.async(b -> b.echo(value)));
        }
        for (int i = 0; i < futures.size(); i++) {
            assertEquals(sum(random(MB + i, i)), sum(Threads.get(futures.get(i), LIMIT)));
        }
    }

    @Test
    void largeOnesThatNobodyFetchesGiveTheirMemoryBack() throws Exception {
        for (int round = 0; round < 12; round++) {
            List<CompletableFuture<byte[]>> futures = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int seed = i;
                futures.add(object.async(b -> b.make(8 * MB, seed)));
            }
            for (CompletableFuture<byte[]> each : futures) {
                assertEquals(8 * MB, Threads.get(each, LIMIT).length);
            }
        }
        byte[] largest = random(LARGEST, 9);
        assertEquals(sum(largest), sum(bytes.echo(largest)), "the largest still finds room");
    }
}
