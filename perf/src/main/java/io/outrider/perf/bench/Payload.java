package io.outrider.perf.bench;

/**
 * What every contender carries: an int and a double out, a double back. A contender that moves bytes lays them out so:
 *
 * <pre>
 *   request    0 index (i32)   4 value (f64)      12 bytes
 *   reply      0 answer (f64)                      8 bytes
 * </pre>
 */
public final class Payload {
    /** Where a request has the int. */
    public static final int INDEX = 0;
    /** Where a request has the double. */
    public static final int VALUE = 4;
    /** The size of a request in bytes. */
    public static final int REQUEST = 12;
    /** The size of a reply in bytes. */
    public static final int REPLY = 8;

    private Payload() {}

    /**
     * The work that the far side does: next to none, but such that a lost or mixed-up reply is seen.
     *
     * @param index the int
     * @param value the double
     * @return the answer
     */
    public static double answer(final int index, final double value) {
        return value + index;
    }
}
