package io.outrider.ipc.queue;

import io.outrider.ipc.SharedLink;
import io.outrider.ipc.file.Allocation;
import io.outrider.ipc.file.LinkDirectory;
import io.outrider.ipc.file.MappedFile;
import io.outrider.ipc.slots.MappedSlots;
import io.outrider.telemetry.Log;
import io.outrider.transport.Link;
import io.outrider.transport.LinkSpec;
import io.outrider.transport.LinkStatus;
import io.outrider.transport.Side;
import io.outrider.transport.TransportProvider;
import java.nio.file.Path;
import org.agrona.BitUtil;
import org.agrona.CloseHelper;

/**
 * The transport whose lanes can be inspected while they run: each a Chronicle queue in a directory of its own, rolled by
 * size, of which at most {@link QueuePublication#MAX_CYCLES} cycles and one spare exist. Stateless and safe from any thread;
 * blocks on file operations. If a writer dies, the reader gets all that was committed and then nothing: such a lane is given
 * up, never repaired.
 */
public final class QueueTransport implements TransportProvider {
    /** The name in configuration. */
    public static final String NAME = "queue";

    private static final int SLOTS_BYTES = BitUtil.align(MappedSlots.LENGTH, Allocation.PAGE);

    static {
        Log.prepare(); // since Chronicle logs from the first moment, and on each thread that touches it
    }

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
        return SharedLink.requiredBytes() + SLOTS_BYTES + Side.values().length * CycleFiles.requiredBytes(spec);
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
            Allocation.create(directory.slots(), SLOTS_BYTES);
            SharedLink.createFiles(spec);
        });
    }

    @Override
    public Link open(final LinkSpec spec, final Side side) {
        return SharedLink.open(spec, side, status -> openLanes(spec, side, status));
    }

    private static SharedLink.Lanes openLanes(final LinkSpec spec, final Side side, final LinkStatus status) {
        final MappedFile memory = new MappedFile(new LinkDirectory(spec.directory()).slots(), SLOTS_BYTES);
        try {
            final QueueLanes lanes = QueueLanes.open(
                    spec,
                    side,
                    status,
                    new CycleFiles(lane(spec, side), spec),
                    new CycleFiles(lane(spec, side.peer()), spec));
            final QueuePublication out = lanes.publication();
            final QueueSubscription in = lanes.subscription();
            final MappedSlots slots =
                    new MappedSlots(memory.buffer(), side == Side.CLIENT ? out::committed : in::delivered);
            return new SharedLink.Lanes(out, in, slots, () -> CloseHelper.closeAll(slots, lanes, memory));
        } catch (final RuntimeException | Error e) {
            CloseHelper.quietClose(memory);
            throw e;
        }
    }

    private static Path lane(final LinkSpec spec, final Side writer) {
        return new LinkDirectory(spec.directory()).lane(writer, "");
    }
}
