package io.outrider.protocol.control;

import io.outrider.error.ProtocolException;
import java.nio.ByteBuffer;

/**
 * Owner of the bytes of a {@link Hello}: fixed in length and for all versions, so that a peer is authenticated before
 * anything that it sent is parsed, and so that two versions can tell each other what they are. Big-endian.
 *
 * <pre>
 *    0        4         8      12          16            20       24    32          64
 *    | magic  | version | role | worker id | incarnation | unused | pid | token ... |
 * </pre>
 */
public final class HelloDescriptor {
    /** The length of a hello in bytes. */
    public static final int LENGTH = 64;
    /** "OUTR". */
    public static final int MAGIC = 0x4f55_5452;

    private static final int MAGIC_OFFSET = 0;
    private static final int VERSION_OFFSET = 4;
    private static final int ROLE_OFFSET = 8;
    private static final int WORKER_OFFSET = 12;
    private static final int INCARNATION_OFFSET = 16;
    private static final int PID_OFFSET = 24;
    private static final int TOKEN_OFFSET = 32;

    private HelloDescriptor() {}

    static ByteBuffer encode(final Hello hello, final SecretToken token) {
        final ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
        bytes.putInt(MAGIC_OFFSET, MAGIC);
        bytes.putInt(VERSION_OFFSET, hello.protocolVersion());
        bytes.putInt(ROLE_OFFSET, hello.role().code());
        bytes.putInt(WORKER_OFFSET, hello.workerId());
        bytes.putInt(INCARNATION_OFFSET, hello.incarnation());
        bytes.putLong(PID_OFFSET, hello.pid());
        bytes.position(TOKEN_OFFSET);
        token.put(bytes);
        return bytes.flip();
    }

    /** Whether the bytes are those of a peer that holds the token; looks at nothing else. */
    static boolean isFrom(final ByteBuffer bytes, final SecretToken token) {
        final byte[] claimed = new byte[SecretToken.LENGTH];
        bytes.get(TOKEN_OFFSET, claimed);
        return token.matches(claimed);
    }

    static Hello decode(final ByteBuffer bytes) {
        final int magic = bytes.getInt(MAGIC_OFFSET);
        if (magic != MAGIC) {
            throw new ProtocolException("a hello begins with 0x" + Integer.toHexString(MAGIC) + ", the peer sent 0x"
                    + Integer.toHexString(magic));
        }
        return new Hello(
                bytes.getInt(VERSION_OFFSET),
                role(bytes.getInt(ROLE_OFFSET)),
                bytes.getInt(WORKER_OFFSET),
                bytes.getInt(INCARNATION_OFFSET),
                bytes.getLong(PID_OFFSET));
    }

    private static Hello.Role role(final int code) {
        for (final Hello.Role role : Hello.Role.values()) {
            if (role.code() == code) {
                return role;
            }
        }
        throw new ProtocolException("a hello with the role " + code + ", which this version does not know");
    }
}
