package io.outrider.engine;

import io.outrider.error.OutriderException;
import io.outrider.error.ProtocolException;
import io.outrider.error.RemoteCallException;
import io.outrider.loan.BlockInbox;
import io.outrider.loan.BlockOutbox;
import io.outrider.loan.LinkArena;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueReader;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.protocol.Refusal;
import io.outrider.telemetry.Log;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.BufferArena;
import io.outrider.transport.FrameCopy;
import org.agrona.DirectBuffer;

/**
 * What has come of a pending call: copied out of the lane by whoever polls it, or left where it lies in a direct slot or in
 * the arena, until its caller has read it. For the thread that the state of the call says; keeps its memory from call to call.
 */
final class PendingOutcome {
    private static final Log LOG = Log.of(PendingOutcome.class);

    private final Marshaller marshaller;
    private final LinkArena loans;
    private final BlockInbox incoming;
    private final ValueReader value;
    private final ArenaBlock block = new ArenaBlock();
    private final FrameCopy copy = new FrameCopy();
    private DirectBuffer body = copy.memory();
    private int offset;
    private int length;
    private byte type;
    private boolean isInArena;
    private boolean hasBlocks;
    private long handle;

    /** The blocks that went with the call are known when they come back with its outcome. */
    PendingOutcome(final Marshaller marshaller, final LinkArena loans, final BlockOutbox ofCall) {
        this.marshaller = marshaller;
        this.loans = loans;
        this.incoming = BlockInbox.ofAnswers(loans, ofCall);
        this.value = new ValueReader(marshaller, incoming);
    }

    /** For the poller: takes the outcome out of the lane. */
    void take(final DirectBuffer frame, final int frameOffset, final int frameLength) {
        final long head = FrameDescriptor.head(frame, frameOffset);
        type = FrameDescriptor.type(head);
        hasBlocks = FrameDescriptor.hasBlocks(head);
        isInArena = FrameDescriptor.isInArena(head);
        final int bodyOffset = frameOffset + FrameDescriptor.OUTCOME_HEADER;
        if (isInArena) {
            handle = FrameDescriptor.arenaHandle(frame, bodyOffset);
            length = FrameDescriptor.arenaLength(frame, bodyOffset);
            return;
        }
        length = frameLength - FrameDescriptor.OUTCOME_HEADER;
        body = copy.take(frame, bodyOffset, length);
        offset = 0;
    }

    /** For the caller: leaves the outcome where it is, since nobody writes there before the call is freed. */
    void leave(final long head, final DirectBuffer frame, final int frameOffset, final int frameLength) {
        type = FrameDescriptor.type(head);
        hasBlocks = FrameDescriptor.hasBlocks(head);
        isInArena = false;
        body = frame;
        offset = frameOffset + FrameDescriptor.OUTCOME_HEADER;
        length = frameLength - FrameDescriptor.OUTCOME_HEADER;
    }

    /** Whether the worker has answered with a value. */
    boolean isValue() {
        return type == FrameDescriptor.VALUE;
    }

    /** What can be read after {@link #open}. */
    ValueReader value() {
        return value;
    }

    /** For the caller: makes the value readable, or throws what the worker answered instead. */
    void open(final int workerId) {
        openBody();
        if (type == FrameDescriptor.REFUSED) {
            throw Refusal.read(value).toException(workerId);
        }
        if (type != FrameDescriptor.VALUE) {
            throw failure(workerId);
        }
    }

    private OutriderException failure(final int workerId) {
        final Marshaller.Failure failure = marshaller.readFailure(value);
        return new RemoteCallException(workerId, failure.data(), failure.original());
    }

    private void openBody() {
        if (isInArena) {
            isInArena = false;
            if (loans.blocks().open(handle, length, block) != BufferArena.OK) {
                throw new ProtocolException("the outcome is said to be in an arena block that was not handed over");
            }
            body = block.buffer();
            offset = 0;
        }
        int valueLength = length;
        if (hasBlocks) {
            hasBlocks = false;
            valueLength = incoming.open(body, offset, length);
        }
        value.wrap(body, offset, valueLength);
    }

    /** For the caller: gives back what came with the outcome, read or not, if there is one. */
    void close(final boolean hasCome) {
        if (hasCome && (isInArena || hasBlocks)) {
            try {
                openBody();
            } catch (final ProtocolException stale) {
                LOG.warn("an outcome that nobody read came with blocks that can't be opened", stale);
            }
        }
        incoming.giveBack();
        incoming.forget();
        if (block.handle() != 0) {
            loans.blocks().release(block);
        }
    }
}
