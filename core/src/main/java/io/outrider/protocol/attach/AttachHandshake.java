package io.outrider.protocol.attach;

import io.outrider.error.AuthenticationException;
import io.outrider.protocol.attach.AttachDescriptor.Hello;
import io.outrider.protocol.attach.AttachDescriptor.KeyKind;
import io.outrider.protocol.control.ControlConnection;
import io.outrider.protocol.control.SecretToken;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Proves two processes to each other that both hold a key, without either one showing it. Stateless, safe from any thread;
 * blocks, for some seconds on each side at most. A wrong proof is answered at once; only who is stopped or gets no processor takes longer.
 */
public final class AttachHandshake {
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

    private static final SecureRandom RANDOM = new SecureRandom();

    private AttachHandshake() {}

    /**
     * Connects to a worker.
     *
     * @param socket where it listens
     * @param hello who this is
     * @param key that both sides hold
     * @return the connection, on which the worker has proved itself, for the caller to close
     * @throws AuthenticationException if the worker does not accept the proof, or can't give its own
     * @throws IOException if nobody listens there, or the worker ends
     */
    public static ControlConnection connect(final Path socket, final Hello hello, final SecretToken key)
            throws IOException {
        final SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (final IOException e) {
            channel.close();
            throw e;
        }
        final ControlConnection connection = new ControlConnection(channel);
        try {
            prove(connection, hello, key, socket);
            return connection;
        } catch (final IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static void prove(
            final ControlConnection connection, final Hello hello, final SecretToken key, final Path socket)
            throws IOException {
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        final byte[] said = AttachDescriptor.encode(hello, nonce());
        connection.write(ByteBuffer.wrap(said), deadlineNs);
        final byte[] nonce = read(connection, AttachDescriptor.NONCE_LENGTH, deadlineNs);
        connection.write(ByteBuffer.wrap(AttachDescriptor.clientProof(key, said, nonce)), deadlineNs);
        final byte[] answer;
        try {
            answer = read(connection, AttachDescriptor.PROOF_LENGTH, deadlineNs);
        } catch (final EOFException refused) {
            throw new AuthenticationException("the worker at " + socket + " did not accept the secret", refused);
        }
        if (!MessageDigest.isEqual(answer, AttachDescriptor.workerProof(key, said, nonce))) {
            throw new AuthenticationException("who listens at " + socket + " does not hold the secret");
        }
    }

    /**
     * Lets a peer prove itself.
     *
     * @param connection to it
     * @param keys finds the secret by which it wants to be known
     * @return who it is
     * @throws AuthenticationException if it does not hold the key
     * @throws IOException if it ended, or did not answer in time
     */
    static Hello admit(final ControlConnection connection, final Function<KeyKind, SecretToken> keys)
            throws IOException {
        final long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        final byte[] said = read(connection, AttachDescriptor.HELLO_LENGTH, deadlineNs);
        final Hello hello = AttachDescriptor.decode(said);
        final byte[] nonce = nonce();
        connection.write(ByteBuffer.wrap(nonce), deadlineNs);
        final byte[] proof = read(connection, AttachDescriptor.PROOF_LENGTH, deadlineNs);
        final SecretToken key = keys.apply(hello.key());
        if (!MessageDigest.isEqual(proof, AttachDescriptor.clientProof(key, said, nonce))) {
            throw new AuthenticationException("process " + hello.pid() + " does not hold the secret");
        }
        connection.write(ByteBuffer.wrap(AttachDescriptor.workerProof(key, said, nonce)), deadlineNs);
        return hello;
    }

    private static byte[] nonce() {
        final byte[] nonce = new byte[AttachDescriptor.NONCE_LENGTH];
        RANDOM.nextBytes(nonce);
        return nonce;
    }

    private static byte[] read(final ControlConnection connection, final int length, final long deadlineNs)
            throws IOException {
        final byte[] bytes = new byte[length];
        connection.read(length, deadlineNs).get(bytes);
        return bytes;
    }
}
