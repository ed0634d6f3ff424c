package io.outrider.ipc.queue;

import io.outrider.ipc.SharedLink;
import io.outrider.ipc.file.LinkDirectory;
import io.outrider.transport.DirectSlots;
import io.outrider.transport.Link;
import io.outrider.transport.LinkSpec;
import io.outrider.transport.Side;
import io.outrider.transport.TransportProvider;
import java.nio.file.Path;

/**
 * The transport whose lanes can be inspected while they run: each a Chronicle queue in a directory of its own, rolled by
 * size, of which at most {@link QueuePublication#MAX_CYCLES} cycles and one spare exist. Stateless and safe from any thread;
 * blocks on file operations. If a writer dies, the reader gets all that was committed and then nothing: such a lane is given
 * up, never repaired.
 */
public final class QueueTransport implements TransportProvider {
    /** The name in configuration. */
    public static final String NAME = "queue";

    /** For {@link java.util.ServiceLoader}. */
    public QueueTransport() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void prepare() {
        LaneQueue.prepare();
    }

    @Override
    public long requiredBytes(final LinkSpec spec) {
        return SharedLink.requiredBytes() + Side.values().length * CycleFiles.requiredBytes(spec);
    }

    @Override
    public void create(final LinkSpec spec) {
        final LinkDirectory directory = new LinkDirectory(spec.directory());
        directory.create(requiredBytes(spec), () -> {
            for (final Side writer : Side.values()) {
                final Path lane = lane(spec, writer);
                LinkDirectory.makePrivate(lane);
                LaneQueue.create(new CycleFiles(lane, spec));
            }
            SharedLink.createFiles(spec);
        });
    }

    @Override
    public Link open(final LinkSpec spec, final Side side) {
        return SharedLink.open(spec, side, status -> {
            final QueueLanes lanes = QueueLanes.open(
                    spec,
                    side,
                    status,
                    new CycleFiles(lane(spec, side), spec),
                    new CycleFiles(lane(spec, side.peer()), spec));
            return new SharedLink.Lanes(lanes.publication(), lanes.subscription(), DirectSlots.ABSENT, lanes);
        });
    }

    private static Path lane(final LinkSpec spec, final Side writer) {
        return new LinkDirectory(spec.directory()).lane(writer, "");
    }
}
