package io.outrider.perf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the figures must be: ratios to others of the same run, and a few bounds of their own. */
public final class Bounds {
    private static final String P50 = "p50";
    private static final String P99 = "p99";
    private static final String VALUE = "value";
    private static final String RING = "outrider.ring.call.primitive";
    private static final String QUEUE = "outrider.queue.call.primitive";
    private static final double MS = 1e6;
    private static final double MICROSECOND = 1e3;

    private static final List<Bound> CALL = List.of(
            atMost(RING, P50, "agrona.ring.echo", 1.2),
            atMost(RING, P50, "aeron.ipc.echo", 0.75),
            atMost(RING, P50, "jdk.submit.get", 0.2),
            atMost(RING, P99, "agrona.ring.echo", 1.2),
            atMost(QUEUE, P50, "chronicle.queue.echo", 1.15),
            atMost(QUEUE, P99, "chronicle.queue.echo", 0.5),
            atMost("outrider.ring.call.record", P50, RING, 1.6),
            atMost("outrider.queue.call.record", P50, QUEUE, 1.6),
            atMost("outrider.ring.call.adaptive", P50, RING, 1.2),
            atMost("outrider.queue.call.adaptive", P50, QUEUE, 1.2));

    private static final List<Bound> CONFINED = List.of(
            atMost("outrider.ring.call.adaptive", P50, null, 15 * MICROSECOND),
            atMost("outrider.queue.call.adaptive", P50, null, 15 * MICROSECOND));

    private static final List<Bound> WAKEUP = List.of(
            atMost("outrider.ring.call.adaptive", P50, "unix.socket.echo", 1.1),
            atMost("outrider.queue.call.adaptive", P50, "unix.socket.echo", 1.1));

    /** Of the pipelines it is enough to reach four millions, or the share of raw rings if that is less. */
    private static final double PIPELINED = 4e6;

    private static final List<Bound> THROUGHPUT = List.of(
            new Bound("outrider.ring.pipelined.64", VALUE, "agrona.ring.twoway", 0.25, false, PIPELINED),
            new Bound("outrider.queue.pipelined.64", VALUE, "agrona.ring.twoway", 0.25, false, PIPELINED),
            new Bound("outrider.ring.threads.4", VALUE, "agrona.manytoone.threads.4", 0.8, false, Double.NaN),
            new Bound("outrider.queue.threads.4", VALUE, "agrona.manytoone.threads.4", 0.8, false, Double.NaN));

    private static final List<Bound> STARTUP = List.of(
            atMost("outrider.ring.start", VALUE, null, 400 * MS),
            atMost("outrider.queue.start", VALUE, null, 800 * MS),
            atMost("outrider.ring.spare", VALUE, null, 5 * MS),
            atMost("outrider.queue.spare", VALUE, null, 5 * MS));

    private static final List<Bound> IDLE = List.of(
            atMost("outrider.ring.idle.both", VALUE, null, 1),
            atMost("outrider.queue.idle.both", VALUE, null, 1),
            atMost("outrider.ring.idle.worker.resident", VALUE, null, 70),
            atMost("outrider.queue.idle.worker.resident", VALUE, null, 90));

    private Bounds() {}

    /**
     * A bound.
     *
     * @param name of the result
     * @param figure of it
     * @param against the result that it is divided by, or null
     * @param limit of the figure or of the ratio
     * @param most whether the limit is the most that it may be, not the least
     * @param enough a value that will do whatever the ratio, or NaN
     */
    private record Bound(
            String name, String figure, @Nullable String against, double limit, boolean most, double enough) {}

    private static Bound atMost(
            final String name, final String figure, final @Nullable String against, final double limit) {
        return new Bound(name, figure, against, limit, true, Double.NaN);
    }

    /**
     * What a figure is and what it must be, in words.
     *
     * @param what the figure or ratio
     * @param is the value; of latencies also that of the fastest rounds, where a machine has several speeds
     * @param mustBe the limit
     * @param holds whether the value keeps to it
     */
    public record Line(String what, String is, String mustBe, boolean holds) {}

    /**
     * The bounds of which a report has the figures.
     *
     * @param report with results
     * @return in the order of the requirements
     */
    public static List<Line> of(final Report report) {
        final List<Line> lines = new ArrayList<>();
        for (final Bound bound : of(report.command())) {
            final Optional<Result> result = named(report, bound.name());
            final Optional<Result> against =
                    bound.against() == null ? Optional.empty() : named(report, bound.against());
            if (result.isPresent() && (bound.against() == null || against.isPresent())) {
                lines.add(line(bound, result.get(), against.orElse(null)));
            }
        }
        return lines;
    }

    private static List<Bound> of(final String command) {
        return switch (command.split(" ", 2)[0]) {
            case "call" -> command.contains("--cpus") ? CONFINED : CALL;
            case "wakeup" -> WAKEUP;
            case "throughput" -> THROUGHPUT;
            case "startup" -> STARTUP;
            case "idle" -> IDLE;
            case "scale" -> scale();
            default -> List.of();
        };
    }

    private static List<Bound> scale() {
        final List<Bound> bounds = new ArrayList<>();
        for (final String transport : List.of("ring", "queue")) {
            for (final int workers : new int[] {1, 2, 8, 32}) {
                bounds.add(atMost("outrider." + transport + ".beside." + workers + ".ratio", VALUE, null, 1.3));
            }
        }
        bounds.add(atMost("outrider.ring.objects.ratio", VALUE, null, 1.2));
        bounds.add(atMost("outrider.ring.objects.spread.ratio", VALUE, null, 1.2));
        return bounds;
    }

    private static Optional<Result> named(final Report report, final String name) {
        return report.results().stream()
                .filter(result -> result.name().equals(name))
                .findFirst();
    }

    private static Line line(final Bound bound, final Result result, final @Nullable Result against) {
        final double value = result.figure(bound.figure());
        final double is = against == null ? value : value / against.figure(bound.figure());
        final boolean keeps = bound.most() ? is <= bound.limit() : is >= bound.limit();
        final String sign = bound.most() ? "<= " : ">= ";
        final String enough = Double.isNaN(bound.enough()) ? "" : " or " + sign + number(bound.enough());
        return new Line(
                bound.name()
                        + words(bound.figure())
                        + (against == null ? ", " + result.unit() : " / " + against.name()),
                number(is) + ofFastest(bound, result, against),
                sign + number(bound.limit()) + enough,
                keeps || value >= bound.enough());
    }

    private static String words(final String figure) {
        return VALUE.equals(figure) ? "" : " " + figure;
    }

    /** The ratio of the fastest rounds on either side: the medians may be of rounds that ran at different speeds. */
    private static String ofFastest(final Bound bound, final Result result, final @Nullable Result against) {
        if (result instanceof LatencyResult ours && against instanceof LatencyResult theirs) {
            final double percentile = P99.equals(bound.figure()) ? 99 : 50;
            return ", fastest " + number(ours.lowestAt(percentile) / theirs.lowestAt(percentile));
        }
        return "";
    }

    private static String number(final double value) {
        return String.format(Locale.ROOT, value < 1_000 ? "%.2f" : "%,.0f", value);
    }
}
