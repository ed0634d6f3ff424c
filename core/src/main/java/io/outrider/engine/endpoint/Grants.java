package io.outrider.engine.endpoint;

import java.util.Arrays;

/** Grants that are about to be told to a worker, in the order in which they came. Guarded by whoever has it. */
final class Grants {
    private static final int INITIAL = 16;
    private static final int AT_ONCE = 4_096;

    private long[] grants = new long[INITIAL];
    private int count;

    void add(final long grant) {
        if (count == grants.length) {
            grants = Arrays.copyOf(grants, 2 * count);
        }
        grants[count++] = grant;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Whether there are more than go into one call. */
    boolean isMany() {
        return count > AT_ONCE;
    }

    /** Takes the first ones, as many as go into one call. */
    long[] take() {
        final long[] taken = Arrays.copyOf(grants, Math.min(count, AT_ONCE));
        System.arraycopy(grants, taken.length, grants, 0, count - taken.length);
        count -= taken.length;
        if (count == 0 && grants.length > AT_ONCE) {
            grants = new long[INITIAL];
        }
        return taken;
    }
}
