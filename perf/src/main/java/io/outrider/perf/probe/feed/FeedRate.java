package io.outrider.perf.probe.feed;

import com.sun.management.ThreadMXBean;
import io.outrider.Outrider;
import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedOptions;
import io.outrider.api.feed.FeedWriter;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** How many frames of 64 KiB a writer fills and commits in a second, while each reader gets every frame and looks at its header. */
record FeedRate(String transport, int readers) implements Probe {
    private static final int FRAME_BYTES = 64 * 1024;
    private static final int FRAMES_BETWEEN_CLOCKS = 64;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int FULL_SECONDS = 3;

    @Override
    public String name() {
        return "outrider." + transport + ".feed." + readers;
    }

    @Override
    public Group group() {
        return Group.FEED;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) {
        final long durationNs = quick ? SECOND_NS : FULL_SECONDS * SECOND_NS;
        try (RemoteExecutor workers = Outrider.open(Outrider.builder()
                        .workers(readers)
                        .transport(transport)
                        .baseDirectory(rig.directory())
                        .archive(false)
                        .conclude());
                Feed feed = workers.feed(name(), FeedOptions.DEFAULT.frameBytes(FRAME_BYTES))) {
            final List<CompletableFuture<Double>> readings = new ArrayList<>();
            for (int reader = 0; reader < readers; reader++) {
                readings.add(reader(workers, feed, reader).async(HeaderReader::read));
            }
            final Source source = new Source(feed.writer());
            source.run(durationNs, false);
            final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            final long bytesBefore = threads.getCurrentThreadAllocatedBytes();
            final long frames = source.run(durationNs, true);
            final double bytes = threads.getCurrentThreadAllocatedBytes() - bytesBefore;
            source.writer.close();
            final double readerBytes =
                    readings.stream().mapToDouble(CompletableFuture::join).max().orElseThrow();
            final double perSecond = (double) frames * SECOND_NS / durationNs;
            return List.of(
                    new Figure(name(), "frames/s", perSecond),
                    new Figure(name() + ".bytes", "GB/s", perSecond * FRAME_BYTES / SECOND_NS),
                    new Figure(name() + ".bytesPerOpCaller", "B", bytes / frames),
                    new Figure(name() + ".bytesPerOpWorker", "B", readerBytes));
        }
    }

    private static RemoteObject<HeaderReader> reader(final RemoteExecutor workers, final Feed feed, final int worker) {
        return workers.create(HeaderReader.class, () -> new HeaderReader.Real(feed), ObjectOptions.DEFAULT.on(worker));
    }

    /** Copies the same data into each frame, behind its header. */
    private static final class Source {
        private final FeedWriter writer;
        private final UnsafeBuffer data = new UnsafeBuffer(new byte[FRAME_BYTES]);

        Source(final FeedWriter writer) {
            this.writer = writer;
        }

        long run(final long durationNs, final boolean counts) {
            final long before = writer.nextSequence();
            final long end = System.nanoTime() + durationNs;
            do {
                for (int i = 0; i < FRAMES_BETWEEN_CLOCKS; i++) {
                    final MutableDirectBuffer frame = writer.claim(FRAME_BYTES);
                    frame.putBytes(0, data, 0, FRAME_BYTES);
                    frame.putLong(HeaderReader.COUNTS_OFFSET, counts ? 1 : 0);
                    frame.putLong(HeaderReader.NUMBER_OFFSET, writer.nextSequence());
                    writer.commit();
                }
            } while (System.nanoTime() - end < 0);
            return writer.nextSequence() - before;
        }
    }
}
