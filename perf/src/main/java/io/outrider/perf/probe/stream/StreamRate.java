package io.outrider.perf.probe.stream;

import io.outrider.Outrider;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.api.RemoteStream;
import io.outrider.config.WaitStrategy;
import io.outrider.perf.bench.Allocation;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.ours.Reading;
import java.util.List;

/** How many values of a stream are read in a second, and what each allocates on either side. */
record StreamRate(String transport, boolean records) implements Probe {
    /** Until both ends are compiled, which takes its time while both sides spin: until then rates still grow tenfold. */
    private static final long WARM_UP_NS = 4_000_000_000L;

    private static final int VALUES_BETWEEN_CLOCKS = 10_000;

    @Override
    public String name() {
        return "outrider." + transport + ".stream." + (records ? "record" : "long");
    }

    @Override
    public Group group() {
        return Group.STREAM;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) {
        try (RemoteExecutor workers = open(rig, transport);
                RemoteObject<Flowing> object = workers.create(Flowing.class, Flowing.Source::new)) {
            return records ? ofRecords(object.stub(), quick) : ofLongs(object.stub(), quick);
        }
    }

    static RemoteExecutor open(final Rig rig, final String transport) {
        return Outrider.open(Outrider.builder()
                .transport(transport)
                .waitStrategy(WaitStrategy.SPIN)
                .baseDirectory(rig.directory())
                .archive(false)
                .conclude());
    }

    private List<Figure> ofLongs(final Flowing source, final boolean quick) {
        try (RemoteStream.OfLong values = source.longs()) {
            return figures(source, quick, durationNs -> readLongs(values, durationNs));
        }
    }

    private List<Figure> ofRecords(final Flowing source, final boolean quick) {
        try (RemoteStream<Reading> values = source.readings()) {
            return figures(source, quick, durationNs -> readRecords(values, durationNs));
        }
    }

    /** Reads for some time. */
    private interface Reader {
        long read(long durationNs);
    }

    private List<Figure> figures(final Flowing source, final boolean quick, final Reader reader) {
        reader.read(WARM_UP_NS);
        source.allocatedBytes(); // the first reading of the counters allocates by itself
        Allocation.ofAllThreads();
        final long thereBefore = source.allocatedBytes();
        final long hereBefore = Allocation.ofAllThreads();
        final long begin = System.nanoTime();
        final double read = reader.read(RawMessages.durationNs(quick));
        final double seconds = (System.nanoTime() - begin) / RawMessages.SECOND_NS;
        final double here = Allocation.ofAllThreads() - hereBefore;
        final double there = source.allocatedBytes() - thereBefore;
        return List.of(
                new Figure(name(), "items/s", read / seconds),
                new Figure(name() + ".bytesPerItemReader", "B", here / read),
                new Figure(name() + ".bytesPerItemWorker", "B", there / read));
    }

    private static long readLongs(final RemoteStream.OfLong values, final long durationNs) {
        final long end = System.nanoTime() + durationNs;
        long read = 0;
        long expected = values.nextLong();
        do {
            for (int i = 0; i < VALUES_BETWEEN_CLOCKS; i++) {
                if (values.nextLong() != ++expected) {
                    throw new IllegalStateException("value " + expected + " is missing");
                }
            }
            read += VALUES_BETWEEN_CLOCKS;
        } while (System.nanoTime() - end < 0);
        return read;
    }

    private static long readRecords(final RemoteStream<Reading> values, final long durationNs) {
        final long end = System.nanoTime() + durationNs;
        long read = 0;
        int expected = values.next().index();
        do {
            for (int i = 0; i < VALUES_BETWEEN_CLOCKS; i++) {
                if (values.next().index() != ++expected) {
                    throw new IllegalStateException("record " + expected + " is missing");
                }
            }
            read += VALUES_BETWEEN_CLOCKS;
        } while (System.nanoTime() - end < 0);
        return read;
    }
}
