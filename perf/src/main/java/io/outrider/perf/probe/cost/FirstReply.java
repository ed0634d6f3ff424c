package io.outrider.perf.probe.cost;

import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.fork.ForkedJvm;
import io.outrider.perf.fork.JavaCommand;
import java.io.IOException;
import java.nio.file.Path;
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
        final long first = makeArchive(rig, transport);
        final String later;
        try (ForkedJvm jvm =
                ForkedJvm.start(command(rig, transport), rig.directory().resolve("later.log"))) {
            later = jvm.ask("");
        }
        return List.of(new Figure(name(), "ns", Long.parseLong(later)), new Figure(name() + ".first", "ns", first));
    }

    /** Where the archives of a round are: of its own, so that the user's are left as they are. */
    static Path archives(final Rig rig) {
        return rig.directory().resolve("archives");
    }

    /** Has the archive made, which would otherwise take a processor while something is measured; returns how long the start took. */
    static long makeArchive(final Rig rig, final String transport) throws IOException {
        try (ForkedJvm jvm =
                ForkedJvm.start(command(rig, transport), rig.directory().resolve("first.log"))) {
            final String first = jvm.ask("");
            jvm.expect(StartMain.ARCHIVED);
            return Long.parseLong(first);
        }
    }

    private static JavaCommand command(final Rig rig, final String transport) {
        return JavaCommand.of(
                StartMain.class,
                transport,
                rig.directory().toString(),
                archives(rig).toString());
    }
}
