package io.outrider.perf.round;

import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.fork.Main;
import java.nio.file.Path;
import java.util.List;

/** The JVM of one probe in one round. */
public final class ProbeMain {
    private ProbeMain() {}

    /**
     * Runs the probe.
     *
     * @param args the probe, its directory, the file for the figures, and the plan
     */
    public static void main(final String[] args) {
        Main.run(() -> {
            final List<String> words = List.of(args);
            final boolean quick = Plan.parse(words.subList(3, words.size())).quick();
            final Probe probe = Probe.all().stream()
                    .filter(one -> one.name().equals(args[0]))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no probe " + args[0]));
            Figure.writeAll(probe.measure(new Rig(Path.of(args[1])), quick), Path.of(args[2]));
        });
    }
}
