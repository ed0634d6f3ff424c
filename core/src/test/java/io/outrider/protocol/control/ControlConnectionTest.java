package io.outrider.protocol.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.error.ProtocolException;
import io.outrider.protocol.control.ControlMessage.Failed;
import io.outrider.protocol.control.ControlMessage.Shutdown;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ControlConnectionTest {
    @TempDir
    private Path directory;

    private SocketPairs pair;
    private ControlConnection connection;

    @BeforeEach
    void open() throws IOException {
        pair = SocketPairs.open(directory);
        connection = new ControlConnection(pair.here());
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
        pair.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, ControlFrameDescriptor.MAX_BODY_LENGTH + 1})
    void aLengthThatCantBeIsRefused(final int length) throws IOException {
        pair.there().write(ByteBuffer.allocate(8).putInt(length).putInt(1).flip());
        assertThrows(ProtocolException.class, () -> connection.receive(deadline()));
    }

    @Test
    void aPromiseThatIsNotKeptTakesNoMemoryAndEnds() throws IOException {
        final ByteBuffer header = ByteBuffer.allocate(8);
        header.putInt(ControlFrameDescriptor.MAX_BODY_LENGTH)
                .putShort((short) 1)
                .putShort((short) 1);
        pair.there().write(header.flip());
        pair.there().close();
        assertThrows(EOFException.class, () -> connection.receive(deadline()));
    }

    @Test
    void aMessageComesInPieces() throws IOException {
        final ByteBuffer frame = ControlCodec.encode(new Shutdown(5));
        final CompletableFuture<ControlMessage> received = CompletableFuture.supplyAsync(() -> {
            try {
                return connection.receive(deadline());
            } catch (final IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        while (frame.hasRemaining()) {
            pair.there().write(frame.slice(frame.position(), 1));
            frame.position(frame.position() + 1);
        }
        assertEquals(new Shutdown(5), received.join());
    }

    @Test
    void aMessageLargerThanTheSocketHolds() throws Exception {
        final Failed large = new Failed("large", ByteBuffer.wrap(new byte[4 * 1024 * 1024]));
        try (ControlConnection other = new ControlConnection(pair.there())) {
            final CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                try {
                    connection.send(large, deadline());
                } catch (final IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            assertEquals(large, other.receive(deadline()));
            sent.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void aPeerThatDoesNotReadBlocksNobodyBeyondTheDeadline() {
        final Failed large = new Failed("large", ByteBuffer.wrap(new byte[4 * 1024 * 1024]));
        assertThrows(
                SocketTimeoutException.class,
                () -> connection.send(large, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50)));
    }

    @Test
    void theDeadlineEndsAReceive() {
        assertThrows(SocketTimeoutException.class, () -> connection.receive(System.nanoTime() + 1_000_000));
    }

    @Test
    void closingEndsAReceive() throws Exception {
        final Thread closer = new Thread(() -> {
            try {
                connection.close();
            } catch (final IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        closer.start();
        assertThrows(EOFException.class, () -> connection.receive(deadline()));
        closer.join();
    }

    @Test
    void anInterruptEndsAReceiveAndLeavesTheConnectionOpen() throws IOException {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedIOException.class, () -> connection.receive(deadline()));
        assertTrue(Thread.interrupted());
        pair.there().write(ControlCodec.encode(new Shutdown(7)));
        assertEquals(new Shutdown(7), connection.receive(deadline()));
    }

    private static long deadline() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    }
}
