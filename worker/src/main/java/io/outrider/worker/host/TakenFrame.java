package io.outrider.worker.host;

import io.outrider.protocol.FrameDescriptor;
import io.outrider.transport.FrameCopy;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The frame that a runner has taken: a copy of it, or the frame itself for as long as it stays on its lane. What its header says
 * is read once, and is known when the frame has gone. For one thread at a time.
 */
final class TakenFrame {
    private final UnsafeBuffer onLane = new UnsafeBuffer(0, 0);
    private final FrameCopy copy = new FrameCopy();
    private UnsafeBuffer bytes = copy.memory();
    private int length;
    private long head;
    private long correlationId;
    private long objectId;

    /** Copies a frame, which may be garbage of any length. */
    void copy(final DirectBuffer source, final int offset, final int frameLength) {
        use(copy.take(source, offset, frameLength), frameLength);
    }

    /** Takes a call where it lies, until {@link #leave}. */
    void stay(final DirectBuffer source, final int offset, final int frameLength) {
        onLane.wrap(source, offset, frameLength);
        use(onLane, frameLength);
    }

    /** The frame that was used where it lies is about to go; its length is 0 from now on. */
    void leave() {
        onLane.wrap(0, 0);
        bytes = copy.memory();
        length = 0;
    }

    private void use(final UnsafeBuffer buffer, final int frameLength) {
        bytes = buffer;
        length = frameLength;
        head = FrameDescriptor.head(buffer, 0);
        correlationId = FrameDescriptor.correlationId(buffer, 0);
        objectId = FrameDescriptor.objectId(buffer, 0);
    }

    UnsafeBuffer bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    boolean isCall() {
        return FrameDescriptor.isCall(head, length);
    }

    boolean isCancel() {
        return FrameDescriptor.isCancel(head, length);
    }

    boolean isStream() {
        return FrameDescriptor.isStream(head, correlationId, length);
    }

    boolean interrupts() {
        return FrameDescriptor.interrupts(head);
    }

    boolean hasDeadline() {
        return FrameDescriptor.hasDeadline(head);
    }

    boolean isInArena() {
        return FrameDescriptor.isInArena(head);
    }

    boolean hasBlocks() {
        return FrameDescriptor.hasBlocks(head);
    }

    /** Where the arguments of a call begin, in bytes. */
    int body() {
        return FrameDescriptor.callHeader(head);
    }

    int method() {
        return FrameDescriptor.method(head);
    }

    long correlationId() {
        return correlationId;
    }

    long objectId() {
        return objectId;
    }
}
