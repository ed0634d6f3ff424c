package io.outrider.protocol.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.error.AuthenticationException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateSocketTest {
    @TempDir
    private Path directory;

    private record Somebody(String name) implements UserPrincipal {
        @Override
        public String getName() {
            return name;
        }
    }

    @Test
    void whoRunsAsAnotherUserIsTurnedAway() throws Exception {
        UserPrincipal own = Files.getOwner(directory);
        try (SocketPairs pair = SocketPairs.open(directory)) {
            PrivateSocket.checkUser(pair.there(), own, directory);
            String message = assertThrows(
                            AuthenticationException.class,
                            () -> PrivateSocket.checkUser(pair.there(), new Somebody("somebody else"), directory))
                    .getMessage();
            assertTrue(message.contains(own.getName()) && message.contains("somebody else"), message);
        }
    }

    @Test
    void whomTheKernelDoesNotNameIsTurnedAway() throws Exception {
        UserPrincipal own = Files.getOwner(directory);
        try (ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel client = SocketChannel.open(server.getLocalAddress());
                SocketChannel peer = server.accept()) {
            assertEquals(client.getLocalAddress(), peer.getRemoteAddress());
            assertThrows(AuthenticationException.class, () -> PrivateSocket.checkUser(peer, own, directory));
        }
    }
}
