package io.outrider.protocol.control;

import io.outrider.error.AuthenticationException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What two processes know and nobody else does, so that each can prove to the other who it is: a worker to the launcher that
 * forked it, by what it was given on its stdin; a client that attaches to a worker, and that worker to it. It never stands
 * on a command line, in the environment, in a file or in a message. Immutable, safe from any thread.
 */
public final class SecretToken {
    /** The length of a token in bytes. */
    public static final int LENGTH = 32;

    private static final String MAC = "HmacSHA256";

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
     * Takes a token that was handed over by a way that can be trusted.
     *
     * @param bytes exactly {@link #LENGTH}
     * @return the token
     */
    public static SecretToken of(final byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new AuthenticationException("a secret has " + LENGTH + " bytes, this one has " + bytes.length);
        }
        return new SecretToken(bytes.clone());
    }

    /**
     * The token itself, for whoever hands it over.
     *
     * @return a copy
     */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /**
     * What only a holder of the token can say.
     *
     * @param role who says it, so that nobody's proof serves as another's
     * @param parts what both sides have chosen for this one time
     * @return an HMAC-SHA256 over all of it
     */
    public byte[] proof(final String role, final byte[]... parts) {
        try {
            final Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(bytes, MAC));
            mac.update(role.getBytes(StandardCharsets.US_ASCII));
            for (final byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (final GeneralSecurityException absent) {
            throw new IllegalStateException("every Java platform has HmacSHA256", absent);
        }
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

    @Override
    public boolean equals(final Object other) {
        return other instanceof SecretToken that && matches(that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Never shows the token. */
    @Override
    public String toString() {
        return "SecretToken[hidden]";
    }
}
