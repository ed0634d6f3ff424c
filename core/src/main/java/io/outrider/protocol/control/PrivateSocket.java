package io.outrider.protocol.control;

import io.outrider.error.AuthenticationException;
import io.outrider.error.ConfigurationException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;

/** What every listening socket has in common: only its user can reach it, and the kernel says who the peer is. Stateless. */
public final class PrivateSocket {
    /** The longest path of a socket in bytes that all supported systems take: macOS has 104 with the final zero, Linux 108. */
    public static final int MAX_PATH_BYTES = 103;

    private PrivateSocket() {}

    /**
     * Begins to listen.
     *
     * @param socket the file to make, in a private directory
     * @return blocking, for the caller to close
     * @throws ConfigurationException if the path is longer than a socket's may be
     * @throws IOException if it can't be made
     */
    public static ServerSocketChannel bind(final Path socket) throws IOException {
        final int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_PATH_BYTES) {
            throw new ConfigurationException("the path of a Unix-domain socket may have " + MAX_PATH_BYTES + " bytes, "
                    + socket + " has " + length + ": choose a shorter baseDirectory");
        }
        final ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(socket));
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            return channel;
        } catch (final IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Turns away who runs as another user.
     *
     * @param peer connected
     * @param user who may come
     * @param socket where, for the message
     * @throws AuthenticationException if the kernel says that the peer is somebody else, or does not say who it is
     * @throws IOException if it can't be asked
     */
    public static void checkUser(final SocketChannel peer, final UserPrincipal user, final Path socket)
            throws IOException {
        if (!peer.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
            throw new AuthenticationException("this system does not say as whom a peer on " + socket + " runs");
        }
        final UserPrincipal theirs =
                peer.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        if (!user.equals(theirs)) {
            throw new AuthenticationException("a peer on " + socket + " runs as " + theirs + ", not as " + user);
        }
    }
}
