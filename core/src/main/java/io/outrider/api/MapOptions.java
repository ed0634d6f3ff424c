package io.outrider.api;

import io.outrider.error.ConfigurationException;

/**
 * How a function is applied to many items. Immutable.
 *
 * @param chunk how many items go to a worker together
 * @param window how many chunks may be under way; the source is read no further ahead
 * @param ordered whether results come in the order of the items; else chunk by chunk as they are completed
 */
public record MapOptions(int chunk, int window, boolean ordered) {
    /** 512 items at a time, 8 chunks under way, in order. */
    public static final MapOptions DEFAULT = new MapOptions(512, 8, true);

    /** Checks the ranges. */
    public MapOptions {
        if (chunk < 1 || window < 1) {
            throw new ConfigurationException(
                    "chunk is " + chunk + " and window is " + window + ": both must be 1 or more");
        }
    }

    /**
     * Sets how many items go together.
     *
     * @param items 1 or more
     * @return these options with that chunk
     */
    public MapOptions chunk(final int items) {
        return new MapOptions(items, window, ordered);
    }

    /**
     * Sets how many chunks may be under way.
     *
     * @param chunks 1 or more; two for each worker keep all of them busy
     * @return these options with that window
     */
    public MapOptions window(final int chunks) {
        return new MapOptions(chunk, chunks, ordered);
    }

    /**
     * Gives results as they are completed.
     *
     * @return these options without order
     */
    public MapOptions asCompleted() {
        return new MapOptions(chunk, window, false);
    }
}
