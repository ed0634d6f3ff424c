package io.outrider.perf.probe.cost;

import io.outrider.api.RemoteObject;
import io.outrider.perf.bench.CacheLine;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.ours.Arithmetic;
import io.outrider.perf.ours.LineAnswerer;
import io.outrider.perf.ours.LineAnswererObject;
import io.outrider.perf.ours.OneWorker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Times calls into one worker again and again, and beside each time that of a bare cache line between the same two processes: on
 * some machines a line travels at one of two speeds, which may change between one time and the next.
 */
final class HotPair {
    private static final Duration WARM_UP = Duration.ofMillis(100);
    private static final Duration MEASURED = Duration.ofMillis(150);

    /** Lines that differ by more than this travelled at different speeds. */
    private static final double ANOTHER_SPEED = 1.6;

    private final Rig rig;
    private final RemoteObject<LineAnswerer> answerer;
    private int lines;

    HotPair(final Rig rig, final OneWorker worker) {
        this.rig = rig;
        this.answerer = worker.workers().create(LineAnswerer.class, LineAnswererObject::new);
    }

    /**
     * What was found at one time.
     *
     * @param call the median of a call, in nanoseconds
     * @param line the median of the bare line, in nanoseconds
     */
    record Timed(double call, double line) {
        /** How many times as long a call takes as it did another time; where the line had another speed then, each is measured by its own line. */
        double against(final Timed other) {
            final boolean alike = Math.max(line, other.line) <= ANOTHER_SPEED * Math.min(line, other.line);
            return alike ? call / other.call : call / line / (other.call / other.line);
        }
    }

    /** Times calls, spread over some objects, right behind the bare line. */
    Timed time(final List<Arithmetic> stubs, final boolean quick) throws Exception {
        final double line = line();
        return new Timed(HotCalls.medianNs(stubs, quick), line);
    }

    private double line() throws Exception {
        final Path directory = Files.createDirectory(rig.directory().resolve("line-" + lines++));
        final CacheLine line = CacheLine.open(directory);
        final var answered = answerer.async(there -> {
            there.answer(directory.toString());
            return null;
        });
        final double median;
        try {
            median = line.medianNs(WARM_UP, MEASURED);
        } finally {
            line.end();
        }
        answered.get();
        return median;
    }
}
