package io.outrider.config;

import io.outrider.error.ConfigurationException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the links between the launcher and its workers. Immutable.
 *
 * @param transport {@code queue} or {@code ring}, or the name of another provider on the class path
 * @param laneBytes memory of one lane in bytes, a power of two
 * @param maxPayloadBytes the most that the arguments or the result of one call may take, in bytes
 * @param arenaBytes what each side of a link can loan altogether, in bytes, a power of two; 0 for room for two payloads of the
 *     largest size
 * @param maxInFlight how many calls may wait for their outcome on one link
 * @param waitStrategy how both sides wait
 * @param backPressure what a caller does that finds no room
 * @param backPressureTimeout how long a caller waits for room before {@link io.outrider.error.BackPressureException}
 * @param callTimeout how long a caller waits for an outcome before {@link io.outrider.error.CallTimeoutException}, or null
 *     to wait for as long as the worker lives
 * @param onStuck what becomes of a worker in which a method ignores that it was interrupted
 * @param stuckTimeout how long it may ignore that
 * @param directCalls whether a short call that is waited for may go beside the lanes
 * @param streamWindow how many values of a stream may have been sent that were not read
 * @param streamWindowBytes how many bytes of them, in the arena too; the last value may go beyond it
 */
public record LinkConfig(
        String transport,
        int laneBytes,
        int maxPayloadBytes,
        long arenaBytes,
        int maxInFlight,
        WaitStrategy waitStrategy,
        BackPressure backPressure,
        Duration backPressureTimeout,
        @Nullable Duration callTimeout,
        OnStuck onStuck,
        Duration stuckTimeout,
        boolean directCalls,
        int streamWindow,
        int streamWindowBytes) {
    /** How many values of a stream may be on their way, unless the settings say otherwise. */
    public static final int DEFAULT_STREAM_WINDOW = 4096;
    /** How many bytes of values of a stream may be on their way, unless the settings say otherwise. */
    public static final int DEFAULT_STREAM_WINDOW_BYTES = 256 * 1024;

    /** The most that one call can ever carry: what one block of an arena can be. */
    public static final int MAX_PAYLOAD_BYTES = 1024 * 1024 * 1024;
    /** The most calls that can wait on one link. */
    public static final int MAX_IN_FLIGHT = (1 << 16) - 1;

    private static final int FRAMES_IN_LANE = 8;
    private static final int MIN_PAYLOAD_BYTES = 1024;
    private static final long MAX_ARENA_BYTES = 1L << 40;

    /** Checks the ranges, naming the value and the limit. */
    public LinkConfig {
        if (maxPayloadBytes < MIN_PAYLOAD_BYTES || maxPayloadBytes > MAX_PAYLOAD_BYTES) {
            throw new ConfigurationException("maxPayloadBytes is " + maxPayloadBytes + ": it must be from "
                    + MIN_PAYLOAD_BYTES + " to " + MAX_PAYLOAD_BYTES);
        }
        if (maxInFlight < 1 || maxInFlight > MAX_IN_FLIGHT) {
            throw new ConfigurationException(
                    "maxInFlight is " + maxInFlight + ": it must be from 1 to " + MAX_IN_FLIGHT);
        }
        atLeastOne("streamWindow", streamWindow);
        atLeastOne("streamWindowBytes", streamWindowBytes);
        if (arenaBytes == 0) {
            arenaBytes = powerOfTwo(Math.max(2L * maxPayloadBytes, laneBytes));
        }
        if (arenaBytes < laneBytes || arenaBytes > MAX_ARENA_BYTES || Long.bitCount(arenaBytes) != 1) {
            throw new ConfigurationException("arenaBytes is " + arenaBytes
                    + ": it must be a power of two from laneBytes, " + laneBytes + ", to " + MAX_ARENA_BYTES);
        }
        positive("backPressureTimeout", backPressureTimeout);
        if (callTimeout != null) {
            positive("callTimeout", callTimeout);
        }
        positive("stuckTimeout", stuckTimeout);
    }

    /**
     * The longest frame that a lane of this size carries; what is longer goes through the arena.
     *
     * @return bytes
     */
    public int maxFrameBytes() {
        return laneBytes / FRAMES_IN_LANE - FRAME_MARGIN;
    }

    /**
     * How long to wait for room.
     *
     * @return not at all, for a while, or null for as long as it takes
     */
    public @Nullable Duration patience() {
        return switch (backPressure) {
            case REJECT -> Duration.ZERO;
            case TIME_OUT -> backPressureTimeout;
            case BLOCK -> null;
        };
    }

    private static final int FRAME_MARGIN = 64;

    private static void atLeastOne(final String name, final int value) {
        if (value < 1) {
            throw new ConfigurationException(name + " is " + value + ": it must be 1 or more");
        }
    }

    private static long powerOfTwo(final long atLeast) {
        return Long.bitCount(atLeast) == 1 ? atLeast : Long.highestOneBit(atLeast) << 1;
    }

    static void positive(final String name, final Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new ConfigurationException(name + " is " + value + ": it must be more than zero");
        }
    }
}
