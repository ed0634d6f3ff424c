package io.outrider.protocol.control;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;

/**
 * What a worker was given on its stdin and nobody else knows, so that it can prove that it is the process that was forked.
 * It never stands on a command line, in the environment or in a file. Immutable, safe from any thread.
 */
public final class SecretToken {
    /** The length of a token in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private SecretToken(final byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Makes a token that can't be guessed.
     *
     * @return a new one
     */
    public static SecretToken random() {
        final byte[] bytes = new byte[LENGTH];
        new SecureRandom().nextBytes(bytes);
        return new SecretToken(bytes);
    }

    /**
     * Reads a token; blocks until it is there.
     *
     * @param in positioned at the token
     * @return the token
     * @throws IOException if the stream fails or ends before
     */
    public static SecretToken readFrom(final InputStream in) throws IOException {
        final byte[] bytes = in.readNBytes(LENGTH);
        if (bytes.length < LENGTH) {
            throw new EOFException("stdin ended after " + bytes.length + " of the " + LENGTH + " bytes of the token");
        }
        return new SecretToken(bytes);
    }

    /**
     * Writes the token and flushes.
     *
     * @param out receives {@link #LENGTH} bytes
     * @throws IOException if the stream fails
     */
    public void writeTo(final OutputStream out) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /**
     * Appends the token to a buffer.
     *
     * @param target has room for {@link #LENGTH} bytes
     */
    void put(final ByteBuffer target) {
        target.put(bytes);
    }

    /**
     * Compares in a time that does not tell how much was right.
     *
     * @param claimed what a peer sent
     * @return whether it is this token
     */
    boolean matches(final byte[] claimed) {
        return MessageDigest.isEqual(bytes, claimed);
    }

    /** Never shows the token. */
    @Override
    public String toString() {
        return "SecretToken[hidden]";
    }
}
