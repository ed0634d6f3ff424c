package io.outrider.ipc.queue;

import io.outrider.transport.FrameHandler;
import io.outrider.transport.Subscription;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads frames from a queue, in place, by one thread at a time. Begins with the oldest frame there is: where a reader was is
 * not kept beyond it. Cycles that were read to their end are deleted. After the writer's death it delivers what was
 * committed. A poll may wait for the file system when it moves to the next cycle, and for a fifth of a second if the writer
 * died in the very making of that.
 */
final class QueueSubscription implements Subscription, AutoCloseable {
    private final ExcerptTailer tailer;
    private final CycleClock clock;
    private final RetiredCycles retired;
    private final PagePopulator pages;
    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private volatile boolean closed;
    private long delivered; // the reader's

    private QueueSubscription(
            final ExcerptTailer tailer,
            final CycleClock clock,
            final RetiredCycles retired,
            final PagePopulator pages) {
        this.tailer = tailer;
        this.clock = clock;
        this.retired = retired;
        this.pages = pages;
    }

    /**
     * Opens the reading end of a lane; blocks on files.
     *
     * @param queue of the lane
     * @param clock of the queue
     * @param retired deletes what was read
     * @param pages puts what will be read into the page tables
     * @return the open end
     */
    static QueueSubscription open(
            final SingleChronicleQueue queue,
            final CycleClock clock,
            final RetiredCycles retired,
            final PagePopulator pages) {
        final ExcerptTailer tailer = queue.createTailer();
        tailer.singleThreadedCheckDisabled(true);
        clock.cycle(tailer.cycle());
        return new QueueSubscription(tailer, clock, retired, pages);
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        if (closed) {
            return CLOSED;
        }
        int frames = 0;
        while (frames < limit) {
            final DocumentContext document = tailer.readingDocument();
            if (!document.isPresent()) {
                break;
            }
            frames++;
            deliver(document, handler);
        }
        return frames;
    }

    /** For the reader: how many frames it has read. */
    long delivered() {
        return delivered;
    }

    @Override
    public void close() {
        closed = true;
        tailer.close();
    }

    private void deliver(final DocumentContext document, final FrameHandler handler) {
        try {
            final Bytes<?> bytes = document.wire().bytes();
            final int cycle = tailer.cycle();
            if (cycle != clock.cycle()) {
                clock.cycle(cycle);
                pages.enter(bytes.bytesStore());
                retired.reached(cycle);
            }
            frame.wrap(bytes.addressForRead(bytes.readPosition()), (int) bytes.readRemaining());
            handler.onFrame(frame, 0, frame.capacity());
        } finally {
            delivered++; // whatever became of it
            document.close();
        }
    }
}
