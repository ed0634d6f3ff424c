package io.outrider.perf.probe.cost;

import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.fork.ForkedJvm;
import io.outrider.perf.fork.JavaCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** From the fork of a JVM whose main method is empty to its end: nothing that forks a JVM can be faster. */
record EmptyJvm() implements Probe {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "jdk.empty.main";
    }

    @Override
    public Group group() {
        return Group.STARTUP;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) throws IOException, InterruptedException {
        final JavaCommand command = JavaCommand.of(EmptyMain.class);
        final long before = System.nanoTime();
        try (ForkedJvm jvm = ForkedJvm.start(command, rig.directory().resolve("empty.log"))) {
            jvm.await(LIMIT);
            return List.of(new Figure(name(), "ns", System.nanoTime() - before));
        }
    }

    /** Does nothing. */
    static final class EmptyMain {
        private EmptyMain() {}

        /** Does nothing. */
        public static void main(final String[] args) {}
    }
}
