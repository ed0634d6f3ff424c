package io.outrider.perf.probe.stream;

import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.fork.ForkedJvm;
import io.outrider.perf.fork.JavaCommand;
import java.io.IOException;
import java.util.List;

/** How many messages one JVM gets in a second from another that writes them as fast as it can. */
record RawMessages(RawWay way) implements Probe {
    static final double SECOND_NS = 1e9;

    private static final int FULL_SECONDS = 3;
    private static final int READS_BETWEEN_CLOCKS = 1_000;

    static long durationNs(final boolean quick) {
        return (long) (quick ? SECOND_NS : FULL_SECONDS * SECOND_NS);
    }

    @Override
    public String name() {
        return way.title();
    }

    @Override
    public Group group() {
        return Group.STREAM;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) throws IOException {
        final JavaCommand command =
                JavaCommand.of(RawWriterMain.class, way.name(), rig.directory().toString());
        try (ForkedJvm writer = ForkedJvm.start(command, rig.directory().resolve("writer.log"))) {
            writer.expect(RawWriterMain.READY);
            try (RawWay.Reader reader = way.reader(rig.directory())) {
                count(reader, durationNs(quick));
                final long begin = System.nanoTime();
                final double read = count(reader, durationNs(quick));
                return List.of(new Figure(name(), "items/s", read * SECOND_NS / (System.nanoTime() - begin)));
            }
        }
    }

    private static long count(final RawWay.Reader reader, final long durationNs) {
        final long end = System.nanoTime() + durationNs;
        long read = 0;
        do {
            for (int i = 0; i < READS_BETWEEN_CLOCKS; i++) {
                read += reader.read();
            }
        } while (System.nanoTime() - end < 0);
        return read;
    }
}
