package io.outrider.protocol.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Both ends of a connection, in one process. */
record SocketPairs(SocketChannel here, SocketChannel there) implements AutoCloseable {
    static SocketPairs open(final Path directory) throws IOException {
        final Path path = Files.createTempFile(directory, "pair", ".sock");
        Files.delete(path);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            final SocketChannel here = SocketChannel.open(UnixDomainSocketAddress.of(path));
            return new SocketPairs(here, server.accept());
        }
    }

    @Override
    public void close() throws IOException {
        here.close();
        there.close();
    }
}
