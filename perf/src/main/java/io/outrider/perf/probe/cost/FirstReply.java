package io.outrider.perf.probe.cost;

import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.fork.ForkedJvm;
import io.outrider.perf.fork.JavaCommand;
import java.io.IOException;
import java.util.List;

/**
 * From opening an executor with one worker, all else as it is unless told otherwise, to the first reply of an object: the very
 * first time, and with the archive of class data that was made then.
 */
record FirstReply(String transport) implements Probe {
    @Override
    public String name() {
        return "outrider." + transport + ".start";
    }

    @Override
    public Group group() {
        return Group.STARTUP;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) throws IOException {
        final JavaCommand command = JavaCommand.of(
                StartMain.class,
                transport,
                rig.directory().toString(),
                rig.directory().resolve("archives").toString());
        final String first;
        try (ForkedJvm jvm = ForkedJvm.start(command, rig.directory().resolve("first.log"))) {
            first = jvm.ask("");
            jvm.expect(StartMain.ARCHIVED);
        }
        final String later;
        try (ForkedJvm jvm = ForkedJvm.start(command, rig.directory().resolve("later.log"))) {
            later = jvm.ask("");
        }
        return List.of(
                new Figure(name(), "ns", Long.parseLong(later)),
                new Figure(name() + ".first", "ns", Long.parseLong(first)));
    }
}
