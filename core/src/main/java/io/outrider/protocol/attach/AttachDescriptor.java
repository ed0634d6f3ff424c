package io.outrider.protocol.attach;

import io.outrider.error.ProtocolException;
import io.outrider.protocol.control.SecretToken;
import java.nio.ByteBuffer;

/**
 * Owner of the bytes that two processes exchange before they trust each other: fixed in length, so that nothing is parsed that
 * a stranger sent. Big-endian.
 *
 * <pre>
 *   client to worker   0        4         8      12    16       20       24    32
 *                      | magic  | version | role | key | client | unused | pid | nonce, 32 bytes |
 *   worker to client   | nonce, 32 bytes |
 *   client to worker   | proof, 32 bytes: HMAC-SHA256(key, "client" + hello + worker's nonce) |
 *   worker to client   | proof, 32 bytes: HMAC-SHA256(key, "worker" + hello + worker's nonce) |
 * </pre>
 *
 * Whoever is not convinced closes the connection.
 */
public final class AttachDescriptor {
    /** The length of a hello in bytes. */
    public static final int HELLO_LENGTH = 64;
    /** The length of a nonce in bytes. */
    public static final int NONCE_LENGTH = 32;
    /** The length of a proof in bytes. */
    public static final int PROOF_LENGTH = 32;

    /** "OUTA". */
    private static final int MAGIC = 0x4f55_5441;

    private static final int VERSION = 1;
    private static final int MAGIC_OFFSET = 0;
    private static final int VERSION_OFFSET = 4;
    private static final int ROLE_OFFSET = 8;
    private static final int KEY_OFFSET = 12;
    private static final int CLIENT_OFFSET = 16;
    private static final int PID_OFFSET = 24;
    private static final int NONCE_OFFSET = 32;

    private AttachDescriptor() {}

    /** What a connection is for. */
    public enum Role implements Coded {
        /** Messages; its end of file is the notice of death, in both directions. */
        CONTROL(1),
        /** Single bytes that wake a parked reader. */
        DOORBELL(2),
        /** Nothing but to prove that both sides hold a secret; closed at once. */
        PROOF(3);

        private final int code;

        Role(final int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** By which secret the two sides know each other. */
    public enum KeyKind implements Coded {
        /** That of this worker alone. */
        OWN(1),
        /** That of all workers of a launcher. */
        SHARED(2);

        private final int code;

        KeyKind(final int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** What stands in a hello as a number that never changes. */
    private interface Coded {
        int code();
    }

    /**
     * Who wants to attach.
     *
     * @param role of the connection
     * @param key by which both sides prove themselves
     * @param client its number, for a doorbell; otherwise 0
     * @param pid its process id, for messages
     */
    public record Hello(Role role, KeyKind key, int client, long pid) {}

    static byte[] encode(final Hello hello, final byte[] nonce) {
        final ByteBuffer bytes = ByteBuffer.allocate(HELLO_LENGTH);
        bytes.putInt(MAGIC_OFFSET, MAGIC);
        bytes.putInt(VERSION_OFFSET, VERSION);
        bytes.putInt(ROLE_OFFSET, hello.role().code());
        bytes.putInt(KEY_OFFSET, hello.key().code());
        bytes.putInt(CLIENT_OFFSET, hello.client());
        bytes.putLong(PID_OFFSET, hello.pid());
        bytes.put(NONCE_OFFSET, nonce);
        return bytes.array();
    }

    static Hello decode(final byte[] hello) {
        final ByteBuffer bytes = ByteBuffer.wrap(hello);
        if (bytes.getInt(MAGIC_OFFSET) != MAGIC || bytes.getInt(VERSION_OFFSET) != VERSION) {
            throw new ProtocolException("what a peer said is no hello of version " + VERSION
                    + ": let both have the same Outrider on their class paths");
        }
        return new Hello(
                constant(Role.values(), bytes.getInt(ROLE_OFFSET)),
                constant(KeyKind.values(), bytes.getInt(KEY_OFFSET)),
                bytes.getInt(CLIENT_OFFSET),
                bytes.getLong(PID_OFFSET));
    }

    private static <E extends Coded> E constant(final E[] values, final int code) {
        for (final E value : values) {
            if (value.code() == code) {
                return value;
            }
        }
        throw new ProtocolException("a hello with the unknown code " + code);
    }

    /** What the client says to prove that it holds the key. */
    static byte[] clientProof(final SecretToken key, final byte[] hello, final byte[] nonce) {
        return key.proof("client", hello, nonce);
    }

    /** What the worker says to prove that it holds the key. */
    static byte[] workerProof(final SecretToken key, final byte[] hello, final byte[] nonce) {
        return key.proof("worker", hello, nonce);
    }
}
