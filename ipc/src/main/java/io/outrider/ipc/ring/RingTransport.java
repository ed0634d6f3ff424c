package io.outrider.ipc.ring;

import io.outrider.ipc.SharedLink;
import io.outrider.ipc.file.Allocation;
import io.outrider.ipc.file.LinkDirectory;
import io.outrider.ipc.file.MappedFile;
import io.outrider.ipc.slots.MappedSlots;
import io.outrider.transport.Link;
import io.outrider.transport.LinkSpec;
import io.outrider.transport.Side;
import io.outrider.transport.TransportProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.BitUtil;
import org.agrona.CloseHelper;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * The transport for the lowest latency: each lane a ring buffer in a file of fixed size, all of whose memory is taken when the
 * link is made. Stateless and safe from any thread; blocks on file operations. If a writer dies between claim and commit, the
 * reader gets what was committed before that claim and then nothing: such a lane is given up, never repaired.
 */
public final class RingTransport implements TransportProvider {
    /** The name in configuration. */
    public static final String NAME = "ring";

    private static final String SUFFIX = ".ring";
    private static final int SLOTS_BYTES = BitUtil.align(MappedSlots.LENGTH, Allocation.PAGE);

    /** For {@link java.util.ServiceLoader}. */
    public RingTransport() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public long requiredBytes(final LinkSpec spec) {
        return SharedLink.requiredBytes() + SLOTS_BYTES + Side.values().length * ringBytes(spec);
    }

    @Override
    public void create(final LinkSpec spec) {
        final LinkDirectory directory = new LinkDirectory(spec.directory());
        directory.create(requiredBytes(spec), () -> {
            for (final Side writer : Side.values()) {
                Allocation.create(directory.lane(writer, SUFFIX), ringBytes(spec));
            }
            Allocation.create(directory.slots(), SLOTS_BYTES);
            SharedLink.createFiles(spec);
        });
    }

    @Override
    public Link open(final LinkSpec spec, final Side side) {
        return SharedLink.open(spec, side, status -> openLanes(spec, side));
    }

    private static SharedLink.Lanes openLanes(final LinkSpec spec, final Side side) {
        final LinkDirectory directory = new LinkDirectory(spec.directory());
        final List<MappedFile> mapped = new ArrayList<>();
        try {
            final ManyToOneRingBuffer out = ring(spec, directory.lane(side, SUFFIX), mapped);
            final ManyToOneRingBuffer in = ring(spec, directory.lane(side.peer(), SUFFIX), mapped);
            final MappedFile slots = new MappedFile(directory.slots(), SLOTS_BYTES);
            mapped.add(slots);
            final RingPublication publication = new RingPublication(out, spec.maxFrameBytes());
            final RingSubscription subscription = new RingSubscription(in);
            final MappedSlots directSlots =
                    new MappedSlots(slots.buffer(), side == Side.CLIENT ? out::producerPosition : in::consumerPosition);
            return new SharedLink.Lanes(publication, subscription, directSlots, () -> {
                CloseHelper.closeAll(publication, subscription, directSlots);
                CloseHelper.closeAll(mapped);
            });
        } catch (final RuntimeException | Error e) {
            CloseHelper.quietCloseAll(mapped);
            throw e;
        }
    }

    private static ManyToOneRingBuffer ring(final LinkSpec spec, final Path file, final List<MappedFile> mapped) {
        final MappedFile memory = new MappedFile(file, ringBytes(spec));
        mapped.add(memory);
        return new ManyToOneRingBuffer(memory.buffer());
    }

    private static long ringBytes(final LinkSpec spec) {
        return (long) spec.laneBytes() + RingBufferDescriptor.TRAILER_LENGTH;
    }
}
