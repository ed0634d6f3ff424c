package io.outrider.stream;

import io.outrider.error.ConfigurationException;

/**
 * How much of a stream may have been sent and not been read. Immutable.
 *
 * @param items values, 1 or more
 * @param bytes of values, loans and what else is in the arena included, 1 or more; the last value may go beyond it, or else one that is larger could never be sent
 */
public record Window(int items, int bytes) {
    /** Checks the ranges. */
    public Window {
        if (items < 1 || bytes < 1) {
            throw new ConfigurationException(
                    "a window of " + items + " values and " + bytes + " bytes: each must be 1 or more");
        }
    }

    int half() {
        return Math.max(1, items / 2);
    }

    int halfBytes() {
        return Math.max(1, bytes / 2);
    }
}
