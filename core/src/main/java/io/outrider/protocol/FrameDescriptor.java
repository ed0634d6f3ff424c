package io.outrider.protocol;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The layout of every frame on a lane, little-endian:
 *
 * <pre>
 *    0       1         2         4           8                16
 *    +-------+---------+---------+-----------+----------------+---------------------------
 *    | type  | version | flags   | method    | correlation id | object id (CALL only), body
 *    | u8    | u8      | u16     | i32       | i64            | i64
 *    +-------+---------+---------+-----------+----------------+---------------------------
 *
 *    CALL       worker-bound    object id at 16, arguments from 24
 *    VALUE      client-bound    the result from 16
 *    THREW      client-bound    what the method threw from 16
 *    REFUSED    client-bound    error code (i32), two longs, message from 16
 *    CANCEL     worker-bound    nothing from 16; the correlation id names the call that is given up
 *    ITEMS      either way      how many in place of the method, values from 16
 *    CREDIT     either way      how many in place of the method, bytes (i64) at 16
 *
 *    IN_ARENA   instead of its body the frame holds: arena handle (i64), length of the body (i32)
 *    DEADLINE   on a CALL: the time that is left when it is sent in ns (i64) at 24, arguments from 32
 *    INTERRUPT  on a CANCEL: the method is interrupted if it is running
 *    HAS_BLOCKS the body ends with a list of blocks; see {@link BlockListDescriptor}
 *    IN_PLACE   an argument is a buffer, which the method wants to read where it lies
 * </pre>
 *
 * The correlation id is chosen by the client and given back untouched. If it is below zero it names a stream: values in ITEMS
 * frames come before the outcome, as many as the reading side has given CREDIT for, unless it sends CANCEL. The call of a stream gives the
 * window that both sides agreed on at start. The outcome of a
 * stream says how it ended. A stream goes towards the client if a call yields it, and towards the worker if a call takes it;
 * the latter's outcome is worker-bound, and its CREDIT and CANCEL are client-bound.
 */
public final class FrameDescriptor {
    /** The layout described above. */
    public static final byte VERSION = 1;

    /** A call of a method. */
    public static final byte CALL = 1;
    /** The outcome: the method returned. */
    public static final byte VALUE = 2;
    /** The outcome: the method threw. */
    public static final byte THREW = 3;
    /** The outcome: the worker did not run the method, or can't send its result. */
    public static final byte REFUSED = 4;

    /** The caller gives up a call: it is not begun any more. */
    public static final byte CANCEL = 5;

    /** Values of a stream. */
    public static final byte ITEMS = 6;
    /** The reader of a stream lets its writer send more. */
    public static final byte CREDIT = 7;

    /** Flag: the body is in an arena block. */
    public static final short IN_ARENA = 1;
    /** Flag of a call: it has a deadline, and its header is as long as {@link #DEADLINE_HEADER}. */
    public static final short DEADLINE = 2;
    /** Flag of a cancel: interrupt the method if it is running. */
    public static final short INTERRUPT = 4;

    /** Flag: the body ends with a list of the blocks that it takes along. */
    public static final short HAS_BLOCKS = 1 << 6;
    /** Flag: an argument is a buffer that is to be read where it lies. */
    public static final short IN_PLACE = 1 << 7;

    /** The size of the header of a call in bytes. */
    public static final int CALL_HEADER = 24;
    /** The size of the header of a call with a deadline in bytes. */
    public static final int DEADLINE_HEADER = 32;
    /** The size of a cancel in bytes. */
    public static final int CANCEL_LENGTH = 16;
    /** The size of the header of an outcome in bytes. */
    public static final int OUTCOME_HEADER = 16;
    /** The size of a frame that gives credit, in bytes. */
    public static final int CREDIT_LENGTH = 24;
    /** The size of what stands for a body that is in the arena, in bytes. */
    public static final int ARENA_REFERENCE = Long.BYTES + Integer.BYTES;

    private static final int VERSION_OFFSET = 1;
    private static final int FLAGS = 2;
    private static final int METHOD = 4;
    private static final int CORRELATION = 8;
    private static final int OBJECT = 16;
    private static final int CREDIT_BYTES = 16;
    private static final int REMAINING = 24;
    private static final long TYPE_BITS = 0xff;
    private static final long FLAG_BITS = 0xffff;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private FrameDescriptor() {}

    /** Writes the header of a call. */
    public static void putCall(
            final MutableDirectBuffer frame,
            final int offset,
            final short flags,
            final int method,
            final long correlationId,
            final long objectId) {
        putHeader(frame, offset, CALL, flags, method, correlationId);
        frame.putLong(offset + OBJECT, objectId, ORDER);
    }

    /** Writes how much time a call with the flag {@link #DEADLINE} has left, in nanoseconds. */
    public static void putRemaining(final MutableDirectBuffer frame, final int offset, final long remainingNs) {
        frame.putLong(offset + REMAINING, remainingNs, ORDER);
    }

    /** Writes a cancel. */
    public static void putCancel(
            final MutableDirectBuffer frame, final int offset, final boolean interrupt, final long correlationId) {
        putHeader(frame, offset, CANCEL, interrupt ? INTERRUPT : 0, 0, correlationId);
    }

    /** Writes the header of an outcome. */
    public static void putOutcome(
            final MutableDirectBuffer frame,
            final int offset,
            final byte type,
            final short flags,
            final long correlationId) {
        putHeader(frame, offset, type, flags, 0, correlationId);
    }

    /** Writes the header of values of a stream. */
    public static void putItems(
            final MutableDirectBuffer frame, final int offset, final short flags, final int count, final long stream) {
        putHeader(frame, offset, ITEMS, flags, count, stream);
    }

    /** Writes a frame that gives credit. */
    public static void putCredit(
            final MutableDirectBuffer frame, final int offset, final int items, final long bytes, final long stream) {
        putHeader(frame, offset, CREDIT, (short) 0, items, stream);
        frame.putLong(offset + CREDIT_BYTES, bytes, ORDER);
    }

    /** Writes what stands for a body that is in the arena. */
    public static void putArenaReference(
            final MutableDirectBuffer frame, final int bodyOffset, final long handle, final int length) {
        frame.putLong(bodyOffset, handle, ORDER);
        frame.putInt(bodyOffset + Long.BYTES, length, ORDER);
    }

    private static void putHeader(
            final MutableDirectBuffer frame,
            final int offset,
            final byte type,
            final short flags,
            final int method,
            final long correlationId) {
        // One store: a copy of the frame by its words need not wait for parts of a word.
        frame.putLong(
                offset,
                (type & TYPE_BITS)
                        | ((long) VERSION << (Byte.SIZE * VERSION_OFFSET))
                        | ((flags & FLAG_BITS) << (Byte.SIZE * FLAGS))
                        | ((long) method << (Byte.SIZE * METHOD)),
                ORDER);
        frame.putLong(offset + CORRELATION, correlationId, ORDER);
    }

    /** The first eight bytes of a frame, which say what it is: for who asks more than once. */
    public static long head(final DirectBuffer frame, final int offset) {
        return frame.getLong(offset, ORDER);
    }

    /** The type of a frame with this {@link #head}. */
    public static byte type(final long head) {
        return (byte) head;
    }

    private static boolean hasVersion(final long head) {
        return (byte) (head >>> (Byte.SIZE * VERSION_OFFSET)) == VERSION;
    }

    private static boolean has(final long head, final short flag) {
        return ((head >>> (Byte.SIZE * FLAGS)) & flag & FLAG_BITS) != 0;
    }

    /** Whether a frame is a whole call of this version. */
    public static boolean isCall(final DirectBuffer frame, final int offset, final int length) {
        return length >= CALL_HEADER && isCall(head(frame, offset), length);
    }

    /** Whether a frame with this {@link #head} is a whole call of this version. */
    public static boolean isCall(final long head, final int length) {
        return length >= CALL_HEADER
                && type(head) == CALL
                && hasVersion(head)
                && length >= callHeader(head) + (isInArena(head) ? ARENA_REFERENCE : 0);
    }

    /** Whether a frame with this {@link #head} is a whole cancel of this version. */
    public static boolean isCancel(final long head, final int length) {
        return length >= CANCEL_LENGTH && type(head) == CANCEL && hasVersion(head);
    }

    /** Whether a cancel asks for the method to be interrupted. */
    public static boolean interrupts(final long head) {
        return has(head, INTERRUPT);
    }

    /** Whether a call has a deadline. */
    public static boolean hasDeadline(final long head) {
        return has(head, DEADLINE);
    }

    /** How much time a call with a deadline had left when it was sent, in nanoseconds. */
    public static long remainingNs(final DirectBuffer frame, final int offset) {
        return frame.getLong(offset + REMAINING, ORDER);
    }

    /** The size of the header of a call in bytes, behind which its arguments stand. */
    public static int callHeader(final long head) {
        return hasDeadline(head) ? DEADLINE_HEADER : CALL_HEADER;
    }

    /** Whether a frame is a whole outcome of this version. */
    public static boolean isOutcome(final DirectBuffer frame, final int offset, final int length) {
        return length >= OUTCOME_HEADER && isOutcome(head(frame, offset), length);
    }

    /** Whether a frame with this {@link #head} is a whole outcome of this version. */
    public static boolean isOutcome(final long head, final int length) {
        return length >= OUTCOME_HEADER
                && hasVersion(head)
                && type(head) >= VALUE
                && type(head) <= REFUSED
                && (!isInArena(head) || length >= OUTCOME_HEADER + ARENA_REFERENCE);
    }

    /** Whether a frame is about a stream, not a whole call, and of this version. */
    public static boolean isStream(final DirectBuffer frame, final int offset, final int length) {
        return length >= OUTCOME_HEADER && isStream(head(frame, offset), correlationId(frame, offset), length);
    }

    /** Whether a frame with this {@link #head} and id is about a stream, not a whole call, and of this version. */
    public static boolean isStream(final long head, final long correlationId, final int length) {
        if (length < OUTCOME_HEADER || !isStreamId(correlationId) || !hasVersion(head)) {
            return false;
        }
        return switch (type(head)) {
            case VALUE, THREW, REFUSED, ITEMS -> !isInArena(head) || length >= OUTCOME_HEADER + ARENA_REFERENCE;
            case CREDIT -> length >= CREDIT_LENGTH;
            case CANCEL -> true;
            default -> false;
        };
    }

    /** Whether an id names a stream. */
    public static boolean isStreamId(final long correlationId) {
        return correlationId < 0;
    }

    /** How many values a frame holds or lets the peer send. */
    public static int items(final DirectBuffer frame, final int offset) {
        return frame.getInt(offset + METHOD, ORDER);
    }

    /** How many bytes of values a frame lets the peer send. */
    public static long creditBytes(final DirectBuffer frame, final int offset) {
        return frame.getLong(offset + CREDIT_BYTES, ORDER);
    }

    /** The type of a frame. */
    public static byte type(final DirectBuffer frame, final int offset) {
        return type(head(frame, offset));
    }

    /** Whether the body of a frame is in an arena block. */
    public static boolean isInArena(final DirectBuffer frame, final int offset) {
        return isInArena(head(frame, offset));
    }

    /** Whether the body of a frame with this {@link #head} is in an arena block. */
    public static boolean isInArena(final long head) {
        return has(head, IN_ARENA);
    }

    /** Whether the body of a frame ends with a list of blocks. */
    public static boolean hasBlocks(final DirectBuffer frame, final int offset) {
        return hasBlocks(head(frame, offset));
    }

    /** Whether the body of a frame with this {@link #head} ends with a list of blocks. */
    public static boolean hasBlocks(final long head) {
        return has(head, HAS_BLOCKS);
    }

    /** Whether an argument of a call is a buffer that is to be read where it lies. */
    public static boolean isInPlace(final long head) {
        return has(head, IN_PLACE);
    }

    /** The method index of a call. */
    public static int method(final long head) {
        return (int) (head >>> (Byte.SIZE * METHOD));
    }

    /** The correlation id of a call or an outcome. */
    public static long correlationId(final DirectBuffer frame, final int offset) {
        return frame.getLong(offset + CORRELATION, ORDER);
    }

    /** The object id of a call. */
    public static long objectId(final DirectBuffer frame, final int offset) {
        return frame.getLong(offset + OBJECT, ORDER);
    }

    /** The arena handle at the place of a body. */
    public static long arenaHandle(final DirectBuffer frame, final int bodyOffset) {
        return frame.getLong(bodyOffset, ORDER);
    }

    /** The length of the body that is in the arena. */
    public static int arenaLength(final DirectBuffer frame, final int bodyOffset) {
        return frame.getInt(bodyOffset + Long.BYTES, ORDER);
    }
}
