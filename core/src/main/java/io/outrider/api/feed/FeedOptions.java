package io.outrider.api.feed;

import io.outrider.error.ConfigurationException;
import java.time.Duration;
import java.util.Objects;

/**
 * The size of a feed and its patience. Immutable. All memory is taken when the feed is made: room for {@code frames} frames of
 * {@code frameBytes}, and for one more for each subscriber that there may be, each from a multiple of 128 bytes on.
 *
 * @param frameBytes the longest frame, in bytes, from 1
 * @param frames how many frames are kept: so far may a subscriber be behind; a power of two from 2 to {@link #MAX_FRAMES}
 * @param maxSubscribers how many there may be at once, from 1 to {@link #MAX_SUBSCRIBERS}
 * @param blockTimeout how long a subscriber with {@link FeedPolicy#BLOCK} may hold up the writer before it is dropped
 */
public record FeedOptions(int frameBytes, int frames, int maxSubscribers, Duration blockTimeout) {
    /** The most frames that a feed keeps. */
    public static final int MAX_FRAMES = 1 << 20;
    /** The most subscribers that a feed has. */
    public static final int MAX_SUBSCRIBERS = 64;
    /** The most memory that a feed takes for frames, in bytes. */
    public static final long MAX_BYTES = (1L << 30) - (64L << 20);

    private static final int ALIGNMENT = 128;
    private static final int DEFAULT_FRAME_BYTES = 64 * 1024;
    private static final int DEFAULT_FRAMES = 64;
    private static final int DEFAULT_SUBSCRIBERS = 8;
    private static final int DEFAULT_TIMEOUT_S = 10;

    /** 64 frames of 64 KiB, 8 subscribers, 10 seconds. */
    public static final FeedOptions DEFAULT = new FeedOptions(
            DEFAULT_FRAME_BYTES, DEFAULT_FRAMES, DEFAULT_SUBSCRIBERS, Duration.ofSeconds(DEFAULT_TIMEOUT_S));

    /** Checks the ranges, naming the value and the limit. */
    public FeedOptions {
        Objects.requireNonNull(blockTimeout, "blockTimeout");
        requireWithin("frames", frames, 2, MAX_FRAMES);
        if (Integer.bitCount(frames) != 1) {
            throw new ConfigurationException("frames is " + frames + ": it must be a power of two");
        }
        requireWithin("maxSubscribers", maxSubscribers, 1, MAX_SUBSCRIBERS);
        final long places = frames + maxSubscribers + 1L;
        requireWithin("frameBytes", frameBytes, 1, MAX_BYTES / places / ALIGNMENT * ALIGNMENT);
        if (blockTimeout.isNegative() || blockTimeout.isZero()) {
            throw new ConfigurationException("blockTimeout is " + blockTimeout + ": it must be more than zero");
        }
    }

    /**
     * Sets how long a frame may be.
     *
     * @param bytes at most
     * @return these options with that limit
     */
    public FeedOptions frameBytes(final int bytes) {
        return new FeedOptions(bytes, frames, maxSubscribers, blockTimeout);
    }

    /**
     * Sets how many frames are kept.
     *
     * @param count a power of two
     * @return these options with that many
     */
    public FeedOptions frames(final int count) {
        return new FeedOptions(frameBytes, count, maxSubscribers, blockTimeout);
    }

    /**
     * Sets how many subscribers there may be at once.
     *
     * @param count at most
     * @return these options with that limit
     */
    public FeedOptions maxSubscribers(final int count) {
        return new FeedOptions(frameBytes, frames, count, blockTimeout);
    }

    /**
     * Sets how long a subscriber with {@link FeedPolicy#BLOCK} may hold up the writer.
     *
     * @param timeout more than zero
     * @return these options with that bound
     */
    public FeedOptions blockTimeout(final Duration timeout) {
        return new FeedOptions(frameBytes, frames, maxSubscribers, timeout);
    }

    private static void requireWithin(final String name, final long value, final long least, final long most) {
        if (value < least || value > most) {
            throw new ConfigurationException(name + " is " + value + ": it must be from " + least + " to " + most);
        }
    }
}
