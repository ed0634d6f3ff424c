package io.outrider.ipc.queue;

import io.outrider.error.ConfigurationException;
import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.threads.Pauser;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Opens Chronicle queues as the lanes need them; the one place for the library's settings. Opening blocks on file locks,
 * about half a second for the first in a process.
 */
final class LaneQueue {
    /**
     * How long the library waits for a half-made cycle before it gives the poll back. No lane has a second writer that
     * could keep a lock for long, so that more would only prolong a stall.
     */
    private static final long TIMEOUT_MS = 200;

    private LaneQueue() {}

    /** Loads the library, which takes most of the time that the first lane of a process takes to open. Idempotent. */
    static void prepare() {
        Jvm.init();
        SingleChronicleQueueBuilder.addAliases();
    }

    /**
     * Opens the queue of a lane.
     *
     * @param files of the lane
     * @param clock by which it rolls
     * @return the open queue
     * @throws ConfigurationException if this JVM lacks the flags that the library needs
     */
    static SingleChronicleQueue open(final CycleFiles files, final CycleClock clock) {
        final SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(files.directory())
                .rollCycle(CycleFiles.rollCycle())
                .blockSize(files.blockBytes())
                .indexCount(CycleFiles.INDEX_COUNT)
                .indexSpacing(CycleFiles.INDEX_SPACING)
                .timeProvider(clock)
                .timeoutMS(TIMEOUT_MS)
                .pauserSupplier(Pauser::balanced)
                .build();
        if (queue.lastCycle() != Integer.MIN_VALUE && queue.lastCycle() > clock.cycle()) {
            clock.cycle(queue.lastCycle());
        }
        return queue;
    }

    /**
     * Makes the files of a lane: the queue's own words, the first cycle and the spare for the second.
     *
     * @param files in an empty directory
     * @throws io.outrider.error.StorageException if the memory can't be had
     */
    static void create(final CycleFiles files) {
        files.createMetadata();
        try (SingleChronicleQueue queue = open(files, new CycleClock())) {
            files.createSpare(CycleFiles.FIRST_CYCLE, fileBytes(queue));
            files.createSpare(CycleFiles.FIRST_CYCLE + 1, fileBytes(queue));
            try (ExcerptAppender appender = queue.createAppender()) {
                final DocumentContext nothing = appender.writingDocument();
                nothing.rollbackOnClose();
                nothing.close();
            }
        } finally {
            BackgroundResourceReleaser.releasePendingResources();
        }
    }

    /**
     * What a queue maps of each cycle.
     *
     * @param queue of a lane
     * @return bytes
     */
    static long fileBytes(final SingleChronicleQueue queue) {
        return queue.blockSize() + queue.overlapSize();
    }
}
