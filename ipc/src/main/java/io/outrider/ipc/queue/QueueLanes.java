package io.outrider.ipc.queue;

import io.outrider.transport.LinkSpec;
import io.outrider.transport.LinkStatus;
import io.outrider.transport.Side;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.agrona.CloseHelper;

/** The two lanes of one side with all that keeps them going, opened and closed together; both block on files. */
final class QueueLanes implements AutoCloseable {
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private final QueuePublication publication;
    private final QueueSubscription subscription;

    private QueueLanes(
            final LinkSpec spec, final Side side, final LinkStatus status, final CycleFiles out, final CycleFiles in) {
        boolean complete = false;
        try {
            final CycleKeeper keeper =
                    new CycleKeeper("outrider-cycles-" + side.name().toLowerCase(Locale.ROOT));

            final CycleClock outClock = new CycleClock();
            final SingleChronicleQueue outQueue = track(LaneQueue.open(out, outClock));
            final SpareCycles spares = new SpareCycles(out, LaneQueue.fileBytes(outQueue), keeper);
            final PagePopulator outPages = track(new PagePopulator(true, out.takenBytes(), keeper));
            publication = track(QueuePublication.open(
                    outQueue,
                    outClock,
                    spares,
                    outPages,
                    () -> (int) Math.max(CycleFiles.FIRST_CYCLE, status.oldestCycle(side.peer())),
                    spec));

            final CycleClock inClock = new CycleClock();
            final SingleChronicleQueue inQueue = track(LaneQueue.open(in, inClock));
            final RetiredCycles retired = new RetiredCycles(in, status, side, keeper, inQueue.firstCycle());
            final PagePopulator inPages = track(new PagePopulator(false, in.takenBytes(), keeper));
            subscription = track(QueueSubscription.open(inQueue, inClock, retired, inPages));

            // Pages first: that is what a caller will otherwise wait for.
            track(keeper).start(List.of(outPages, inPages, spares, retired));
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    /**
     * Opens the lanes of a side.
     *
     * @param spec of the link
     * @param side which end this process is
     * @param status carries what the readers have left behind
     * @param out the lane that this side writes
     * @param in the lane that this side reads
     * @return the open lanes
     */
    static QueueLanes open(
            final LinkSpec spec, final Side side, final LinkStatus status, final CycleFiles out, final CycleFiles in) {
        return new QueueLanes(spec, side, status, out, in);
    }

    /** The writing end. */
    QueuePublication publication() {
        return publication;
    }

    /** The reading end. */
    QueueSubscription subscription() {
        return subscription;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(resources);
        resources.clear();
        // The library unmaps in the background of the process; whoever closed a link may delete its files at once.
        BackgroundResourceReleaser.releasePendingResources();
    }

    private <T extends AutoCloseable> T track(final T resource) {
        resources.push(resource);
        return resource;
    }
}
