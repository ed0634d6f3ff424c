package io.outrider.perf.part;

import io.outrider.perf.bench.CacheLine;
import io.outrider.perf.bench.Contenders;
import io.outrider.perf.bench.Exchange;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.MedianTime;
import io.outrider.perf.bench.Payload;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One rung of the ladder from a bare cache line to a call: the median of a contender, and before and after it that of a bare line
 * between the same two processes. Some machines move cache lines at one of two speeds, and a pair of processes keeps the one it began
 * with: only rungs whose lines were as fast can be compared.
 *
 * @param contender to time
 */
public record RungProbe(String contender) implements Probe {
    /** The end of the name of the first figure. */
    public static final String LINE_BEFORE = ".line.before";
    /** The end of the name of the last figure. */
    public static final String LINE_AFTER = ".line.after";
    /** The end of the name of the figure between. */
    public static final String CALL = ".p50";

    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final Duration AGAIN = Duration.ofMillis(200);
    private static final Duration MEASURED = Duration.ofMillis(500);

    @Override
    public String name() {
        return contender;
    }

    @Override
    public Group group() {
        return Group.BREAKDOWN;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) throws Exception {
        try (Exchange exchange = Contenders.named(contender).open(rig)) {
            final MedianTime.Step step = count -> {
                if (exchange.call(1, count) != Payload.answer(1, count)) {
                    throw new IllegalStateException("call " + count + " was answered with something else");
                }
            };
            MedianTime.ofNs(step, WARM_UP, AGAIN);
            final double before = line(rig, exchange, "before", WARM_UP);
            final double call = MedianTime.ofNs(step, AGAIN, MEASURED);
            final double after = line(rig, exchange, "after", AGAIN);
            return List.of(
                    new Figure(name() + LINE_BEFORE, "ns", before),
                    new Figure(name() + CALL, "ns", call),
                    new Figure(name() + LINE_AFTER, "ns", after));
        }
    }

    /** What answers the contender goes on to spin; a median does not see when the three threads change places on two processors. */
    private static double line(final Rig rig, final Exchange exchange, final String when, final Duration warmUp)
            throws Exception {
        final Path directory = Files.createDirectory(rig.directory().resolve(when));
        final CacheLine line = CacheLine.open(directory);
        exchange.answerLine(directory);
        try {
            return line.medianNs(warmUp, MEASURED);
        } finally {
            line.end();
        }
    }
}
