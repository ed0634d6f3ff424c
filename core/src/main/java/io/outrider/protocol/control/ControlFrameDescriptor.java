package io.outrider.protocol.control;

/**
 * Owner of the bytes around each {@link ControlMessage}. Big-endian. The header and the types are for ever; what is in a
 * body is as of the version, except for {@code REFUSED}.
 *
 * <pre>
 *    0        4         6      8
 *    | length | version | type | body of length bytes ... |
 * </pre>
 */
public final class ControlFrameDescriptor {
    /** The version of the control link and of all that is agreed over it. */
    public static final int VERSION = 1;
    /** The length of the header in bytes. */
    public static final int HEADER_LENGTH = 8;
    /** The longest body in bytes; what says that it is longer is garbage. */
    public static final int MAX_BODY_LENGTH = 16 * 1024 * 1024;

    static final int LENGTH_OFFSET = 0;
    static final int VERSION_OFFSET = 4;
    static final int TYPE_OFFSET = 6;

    static final short WELCOME = 1;
    static final short REFUSED = 2;
    static final short READY = 3;
    static final short FAILED = 4;
    static final short SHUTDOWN = 5;
    static final short TRUST = 16;
    static final short ADMITTED = 17;

    private ControlFrameDescriptor() {}
}
