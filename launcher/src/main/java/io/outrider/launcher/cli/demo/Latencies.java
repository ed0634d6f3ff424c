package io.outrider.launcher.cli.demo;

import java.util.Arrays;

/** How long calls took, and whether their replies were right. Immutable. */
final class Latencies {
    /** One call in so many goes before, unmeasured, so that the measured ones find compiled code. */
    private static final int WARM_UP_SHARE = 4;

    private final long[] sortedNs;
    private final int wrongReplies;

    private Latencies(final long[] sortedNs, final int wrongReplies) {
        this.sortedNs = sortedNs;
        this.wrongReplies = wrongReplies;
    }

    /**
     * Asks a station for one reading after the other, each when the last has come.
     *
     * @param station to ask
     * @param local answers the same in this process
     * @param calls how many to measure, after a warm-up of a quarter as many
     */
    static Latencies measure(final WeatherStation station, final WeatherStation local, final int calls) {
        final int readings = local.readings();
        int wrong = 0;
        for (int i = 0; i < calls / WARM_UP_SHARE; i++) {
            wrong += isReply(station.temperature(i % readings), local.temperature(i % readings));
        }
        final long[] timesNs = new long[calls];
        for (int i = 0; i < calls; i++) {
            final int index = i % readings;
            final long beganNs = System.nanoTime();
            final double reply = station.temperature(index);
            timesNs[i] = System.nanoTime() - beganNs;
            wrong += isReply(reply, local.temperature(index));
        }
        Arrays.sort(timesNs);
        return new Latencies(timesNs, wrong);
    }

    private static int isReply(final double reply, final double expected) {
        return Double.compare(reply, expected) == 0 ? 0 : 1;
    }

    /** How many replies were not what was asked for. */
    int wrongReplies() {
        return wrongReplies;
    }

    /** The time in microseconds that a share of the calls, 0 to 1, did not exceed. */
    double percentileUs(final double share) {
        final int rank = (int) Math.ceil(share * sortedNs.length);
        return sortedNs[Math.max(0, rank - 1)] / 1e3;
    }
}
