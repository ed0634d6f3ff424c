package io.outrider.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedHandler;
import io.outrider.api.feed.FeedOptions;
import io.outrider.api.feed.FeedPolicy;
import io.outrider.api.feed.FeedSubscription;
import io.outrider.api.feed.FeedWriter;
import io.outrider.config.WaitStrategy;
import io.outrider.ipc.feed.MappedFeeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.MutableDirectBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/**
 * A writer that goes all the way round a feed of two frames, against a subscriber for which it does not wait: each frame that
 * the subscriber is given is full of its own number from the first look to the last.
 *
 * <p>All states share one feed, each with its turn of both ends: thousands of feeds would be thousands of files.
 */
@JCStressTest
@Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "there was no frame")
@Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "a whole frame")
@Outcome(expect = FORBIDDEN, desc = "the frame changed while it was read, or is of two frames")
@State
public class FrameHeldStillTest {
    private static final int FRAMES_WRITTEN = 5;
    private static final int FRAME_BYTES = 64;
    private static final Ends ENDS = Ends.open();

    /** Both ends of one feed, whose file is already deleted, as jcstress kills its processes. */
    private record Ends(FeedWriter writer, FeedSubscription subscription) {
        static Ends open() {
            try {
                final Path directory = Files.createTempDirectory("outrider-stress-");
                final Path file = directory.resolve("feed");
                final FeedOptions options =
                        FeedOptions.DEFAULT.frames(2).maxSubscribers(1).frameBytes(FRAME_BYTES);
                final Feed feed = MappedFeeds.create("stress", file, options, WaitStrategy.SPIN);
                final Ends ends = new Ends(feed.writer(), feed.subscribe(FeedPolicy.DROP_OLDEST));
                Files.delete(file);
                Files.delete(directory);
                return ends;
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private boolean whole = true;
    private final FeedHandler check = (sequence, frame) -> {
        for (int look = 0; look < 2; look++) {
            for (int offset = 0; offset < frame.capacity(); offset += Long.BYTES) {
                whole &= frame.getLong(offset) == sequence;
            }
        }
    };

    /** Writes more frames than the feed keeps. */
    @Actor
    public void writes() {
        for (int i = 0; i < FRAMES_WRITTEN; i++) {
            final MutableDirectBuffer frame = ENDS.writer.claim(FRAME_BYTES);
            for (int offset = 0; offset < FRAME_BYTES; offset += Long.BYTES) {
                frame.putLong(offset, ENDS.writer.nextSequence());
            }
            ENDS.writer.commit();
        }
    }

    /**
     * Reads a frame.
     *
     * @param result whether it was whole, and how many there were
     */
    @Actor
    public void reads(final ZI_Result result) {
        result.r2 = ENDS.subscription.poll(check, 1);
        result.r1 = whole;
    }
}
