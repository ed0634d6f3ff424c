package io.outrider.protocol.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.error.ConfigurationException;
import io.outrider.error.ProtocolException;
import io.outrider.protocol.control.ControlListener.Accepted;
import io.outrider.protocol.control.ControlMessage.Shutdown;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ControlListenerTest {
    private static final Hello HELLO = new Hello(1, Hello.Role.CONTROL, 3, 2, 4711);

    @TempDir
    private Path directory;

    private Path socket;
    private ControlListener listener;
    private final SecretToken token = SecretToken.random();

    @BeforeEach
    void bind() throws IOException {
        socket = directory.resolve("s");
        listener = ControlListener.bind(socket);
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
        assertFalse(Files.exists(socket));
    }

    @Test
    void onlyTheUserMayConnect() throws IOException {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
    }

    @Test
    void whoHoldsTheTokenIsLetInAndBothCanTalk() throws IOException {
        try (ControlConnection worker = ControlConnection.connect(socket, HELLO, token)) {
            final Accepted accepted = accept();
            try (ControlConnection launcher = accepted.connection()) {
                assertEquals(HELLO, accepted.hello());
                launcher.send(new Shutdown(5), deadline());
                assertEquals(new Shutdown(5), worker.receive(deadline()));
                worker.send(new Shutdown(6), deadline());
                assertTrue(launcher.awaitMessage(TimeUnit.SECONDS.toNanos(20)));
                assertEquals(new Shutdown(6), launcher.receive(deadline()));
                assertFalse(launcher.awaitMessage(1));
            }
            assertThrows(EOFException.class, () -> worker.receive(ControlConnection.FOREVER));
        }
    }

    @Test
    void whoDoesNotIsTurnedAwayAndTheWaitGoesOn() throws IOException {
        try (ControlConnection stranger = ControlConnection.connect(socket, HELLO, SecretToken.random());
                ControlConnection worker = ControlConnection.connect(socket, HELLO, token)) {
            accept().connection().close();
            assertEquals(1, listener.rejected());
            assertNotNull(listener.lastRejection());
            assertThrows(EOFException.class, () -> stranger.receive(deadline()));
            assertThrows(EOFException.class, () -> worker.receive(deadline()));
        }
    }

    @Test
    void whoLeavesWithoutAHelloIsTurnedAway() throws IOException {
        SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();
        try (ControlConnection worker = ControlConnection.connect(socket, HELLO, token)) {
            accept().connection().close();
            assertEquals(1, listener.rejected());
        }
    }

    @Test
    void aTokenWithNonsenseBeforeItIsAProtocolError() throws IOException {
        try (SocketChannel peer = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            final ByteBuffer hello = HelloDescriptor.encode(HELLO, token);
            hello.putInt(0, 0xdead);
            peer.write(hello);
            assertThrows(ProtocolException.class, this::accept);
        }
    }

    @Test
    void theWaitEndsAtItsDeadline() {
        assertThrows(SocketTimeoutException.class, () -> listener.accept(token, System.nanoTime(), () -> true));
    }

    @Test
    void theWaitEndsWhenNobodyIsExpectedAnyMore() {
        final CompletableFuture<Void> gone = new CompletableFuture<>();
        gone.thenRun(listener::wake);
        final Thread thread = new Thread(() -> gone.complete(null));
        assertThrows(EOFException.class, () -> {
            thread.start();
            listener.accept(token, deadline(), () -> !gone.isDone());
        });
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedIOException.class, this::accept);
        assertTrue(Thread.interrupted());
    }

    @Test
    void aPathThatIsTooLongIsRefusedWithBothLengths() {
        final Path path = directory.resolve("x".repeat(120));
        final ConfigurationException failure =
                assertThrows(ConfigurationException.class, () -> ControlListener.bind(path));
        assertTrue(failure.getMessage().contains("103"), failure::getMessage);
        assertTrue(failure.getMessage().contains("has " + path.toString().length()), failure::getMessage);
    }

    @Test
    void theBytesOfAHello() throws IOException {
        final byte[] secret = HexFormat.of().parseHex("ab".repeat(SecretToken.LENGTH));
        final SecretToken known = SecretToken.readFrom(new ByteArrayInputStream(secret));
        assertEquals(
                "4f555452" + "00000001" + "00000001" + "00000003" + "00000002" + "00000000" + "0000000000001267"
                        + "ab".repeat(SecretToken.LENGTH),
                HexFormat.of().formatHex(HelloDescriptor.encode(HELLO, known).array()));
    }

    @Test
    void aTokenIsNotShown() throws IOException {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        token.writeTo(out);
        assertEquals(SecretToken.LENGTH, out.size());
        assertFalse(token.toString().contains(HexFormat.of().formatHex(out.toByteArray())));
    }

    private Accepted accept() throws IOException {
        return listener.accept(token, deadline(), () -> true);
    }

    private static long deadline() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    }
}
