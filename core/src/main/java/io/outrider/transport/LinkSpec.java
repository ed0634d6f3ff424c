package io.outrider.transport;

import io.outrider.error.ConfigurationException;
import java.nio.file.Path;

/**
 * All that two processes must agree on to open the two sides of a link. Immutable.
 *
 * @param transport the name of the {@link TransportProvider}
 * @param directory where the files of this link are; they belong to it alone and are deleted with it
 * @param laneBytes memory of one lane in bytes, a power of two: the capacity of a ring, or what a queue writes before it rolls
 * @param maxFrameBytes the largest frame a lane carries in bytes, at most an eighth of {@code laneBytes}
 * @param arenaBytes the most that the arena may take for one direction in bytes, a power of two; taken as it is needed
 */
public record LinkSpec(String transport, Path directory, int laneBytes, int maxFrameBytes, long arenaBytes) {
    /** The smallest lane, in bytes. */
    public static final int MIN_LANE_BYTES = 64 * 1024;
    /** The largest lane, in bytes. */
    public static final int MAX_LANE_BYTES = 1024 * 1024 * 1024;

    private static final int FRAMES_IN_LANE = 8;

    /** Checks the ranges, naming the value and the limit. */
    public LinkSpec {
        if (laneBytes < MIN_LANE_BYTES || laneBytes > MAX_LANE_BYTES || Integer.bitCount(laneBytes) != 1) {
            throw new ConfigurationException("laneBytes is " + laneBytes + ": it must be a power of two from "
                    + MIN_LANE_BYTES + " to " + MAX_LANE_BYTES);
        }
        if (maxFrameBytes < 1 || maxFrameBytes > laneBytes / FRAMES_IN_LANE) {
            throw new ConfigurationException("maxFrameBytes is " + maxFrameBytes
                    + ": it must be from 1 to an eighth of laneBytes, here " + laneBytes / FRAMES_IN_LANE);
        }
        if (arenaBytes < laneBytes || Long.bitCount(arenaBytes) != 1) {
            throw new ConfigurationException(
                    "arenaBytes is " + arenaBytes + ": it must be a power of two of at least laneBytes, " + laneBytes);
        }
    }
}
