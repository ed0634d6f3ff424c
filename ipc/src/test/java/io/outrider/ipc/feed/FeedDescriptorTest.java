package io.outrider.ipc.feed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedOptions;
import io.outrider.api.feed.FeedPolicy;
import io.outrider.api.feed.FeedSubscription;
import io.outrider.api.feed.FeedWriter;
import io.outrider.config.WaitStrategy;
import io.outrider.error.ConfigurationException;
import io.outrider.error.ProtocolException;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.testkit.TestLink;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The bytes that all processes must agree on: a change here is a new version of the layout. And bytes that are something else. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
final class FeedDescriptorTest {
    private static final FeedOptions OPTIONS =
            FeedOptions.DEFAULT.frameBytes(200).frames(4).maxSubscribers(2).blockTimeout(Duration.ofNanos(0x1122));
    private static final FeedDescriptor LAYOUT = FeedDescriptor.of(OPTIONS);

    private final Path file = TestLink.newDirectory();
    private final Feed feed = MappedFeeds.create("golden", file, OPTIONS, WaitStrategy.ADAPTIVE);

    @AfterEach
    void delete() throws Exception {
        Files.deleteIfExists(file);
    }

    @Test
    void newFeed() throws Exception {
        assertBytes(0, "44 46 55 4f  01 00 00 00  04 00 00 00  02 00 00 00  c8 00 00 00  03 00 00 00");
        assertBytes(24, "22 11 00 00 00 00 00 00");
        assertBytes(128, "00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00");
        assertBytes(384 + 128, "00 00 00 00 00 00 00 80");
        assertBytes(1152, "ff ff ff ff ff ff ff ff  00 00 00 00  00 00 00 00");
        assertEquals(4096 + 7 * 256, LAYOUT.fileBytes());
        assertEquals(LAYOUT.fileBytes(), Files.size(file));
    }

    @Test
    void firstFrame() throws Exception {
        try (FeedWriter writer = feed.writer();
                FeedSubscription subscription = feed.subscribe(FeedPolicy.BLOCK)) {
            writer.claim(5).putByte(0, (byte) 0x77);
            writer.commit();
            assertEquals(0, subscription.nextSequence());
            assertBytes(256, "01 00 00 00 00 00 00 00");
            assertBytes(384 + 8, "01 00 00 00 00 00 00 00");
            assertBytes(384 + 128, "00 00 00 00 00 00 00 00");
            assertBytes(1152, "00 00 00 00 00 00 00 00  04 00 00 00  05 00 00 00");
            assertBytes(4096 + 4 * 256, "77");
        }
        assertBytes(136, "01 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00");
        feed.close();
    }

    @Test
    void garbageInTheIndexIsTold() throws Exception {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        try (FeedWriter writer = feed.writer();
                FeedSubscription subscription = feed.subscribe(FeedPolicy.BLOCK)) {
            writer.claim(5);
            writer.commit();
            for (int i = 0; i < 1000; i++) {
                final boolean wrongPlace = random.nextBoolean();
                final int any = random.nextInt();
                final int wrong = any >= 0 && any <= OPTIONS.frameBytes() ? -1 : any;
                write(1152 + 8, Integer.reverseBytes(wrongPlace ? wrong : 4));
                write(1152 + 12, Integer.reverseBytes(wrongPlace ? 5 : wrong));
                final ProtocolException told = assertThrows(
                        ProtocolException.class,
                        () -> subscription.poll((sequence, frame) -> {}, 1),
                        () -> "seed " + seed);
                assertTrue(told.getMessage().contains("frame 0 of the feed golden"), told::getMessage);
            }
            write(1152 + 8, Integer.reverseBytes(4));
            write(1152 + 12, Integer.reverseBytes(5));
            assertEquals(1, subscription.poll((sequence, frame) -> assertEquals(5, frame.capacity()), 1));
        }
    }

    @Test
    void fileThatIsNoFeedIsRefused() throws Exception {
        for (final int offset : new int[] {0, 4, 8, 12, 16}) {
            final int before = read(offset);
            write(offset, before ^ 0x40);
            assertThrows(ProtocolException.class, feed::writer, () -> "at " + offset);
            assertThrows(ProtocolException.class, () -> feed.subscribe(FeedPolicy.LATEST), () -> "at " + offset);
            write(offset, before);
        }
        feed.subscribe(FeedPolicy.LATEST).close();
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(4096);
            assertThrows(ProtocolException.class, feed::writer);
            cut.setLength(100);
            assertThrows(ProtocolException.class, feed::writer);
            cut.setLength(0);
            assertThrows(ProtocolException.class, feed::writer);
        }
    }

    @Test
    void sizesOutOfRangeAreRefusedWithTheLimit() {
        for (final int frames : new int[] {-4, 0, 1, 3, 100, FeedOptions.MAX_FRAMES * 2}) {
            assertRefused("frames is " + frames, () -> OPTIONS.frames(frames));
        }
        for (final int count : new int[] {-1, 0, FeedOptions.MAX_SUBSCRIBERS + 1}) {
            assertRefused("maxSubscribers is " + count, () -> OPTIONS.maxSubscribers(count));
        }
        for (final int bytes : new int[] {-1, 0, (int) (FeedOptions.MAX_BYTES / 7) + 1}) {
            assertRefused("frameBytes is " + bytes, () -> OPTIONS.frameBytes(bytes));
        }
        assertRefused("blockTimeout is PT0S", () -> OPTIONS.blockTimeout(Duration.ZERO));
        final FeedOptions largest = OPTIONS.frameBytes((int) (FeedOptions.MAX_BYTES / 7 / 128 * 128));
        assertTrue(FeedDescriptor.of(largest).fileBytes() < 1L << 30);
        final int perFrame = (int) (FeedOptions.MAX_BYTES / (FeedOptions.MAX_FRAMES + 3) / 128 * 128);
        final FeedOptions widest =
                OPTIONS.frameBytes(1).frames(FeedOptions.MAX_FRAMES).frameBytes(perFrame);
        assertTrue(FeedDescriptor.of(widest).fileBytes() < 1L << 30);
        assertThrows(ConfigurationException.class, () -> widest.frameBytes(perFrame + 1));
        final FeedOptions most =
                OPTIONS.frameBytes(1).frames(FeedOptions.MAX_FRAMES).maxSubscribers(64);
        assertTrue(FeedDescriptor.of(most).fileBytes() < 1L << 30);
    }

    private static void assertRefused(final String message, final Runnable step) {
        final ConfigurationException refusal = assertThrows(ConfigurationException.class, step::run);
        assertTrue(refusal.getMessage().startsWith(message + ": it must be"), refusal::getMessage);
    }

    private void assertBytes(final int offset, final String hex) throws Exception {
        final byte[] expected = HexFormat.of().parseHex(hex.replace(" ", ""));
        final byte[] actual = new byte[expected.length];
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r")) {
            opened.seek(offset);
            opened.readFully(actual);
        }
        assertArrayEquals(expected, actual, () -> HexFormat.ofDelimiter(" ").formatHex(actual));
    }

    private int read(final int offset) throws Exception {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "r")) {
            opened.seek(offset);
            return opened.readInt();
        }
    }

    private void write(final int offset, final int value) throws Exception {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.seek(offset);
            opened.writeInt(value);
        }
    }
}
