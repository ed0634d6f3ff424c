package io.outrider.protocol.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.config.SerializerConfig;
import io.outrider.config.WaitStrategy;
import io.outrider.error.ProtocolException;
import io.outrider.protocol.control.ControlMessage.Failed;
import io.outrider.protocol.control.ControlMessage.Limits;
import io.outrider.protocol.control.ControlMessage.Ready;
import io.outrider.protocol.control.ControlMessage.Refused;
import io.outrider.protocol.control.ControlMessage.Shutdown;
import io.outrider.protocol.control.ControlMessage.Vocabulary;
import io.outrider.protocol.control.ControlMessage.Welcome;
import io.outrider.transport.LinkSpec;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ControlCodecTest {
    private static final Welcome WELCOME = new Welcome(
            new LinkSpec("ring", Path.of("/l"), 65536, 8128, 131072),
            new Limits(WaitStrategy.SPIN, 4096, 7, 5000, 3, 10_000, 4096, 262_144),
            new Vocabulary(
                    List.of("a.B"),
                    0x0102030405060708L,
                    new SerializerConfig("java", "!q.R"),
                    Map.of("z.Z", -1L, "c.C", 2L)),
            ByteBuffer.wrap(new byte[] {9, 8}));

    static Stream<ControlMessage> messages() {
        return Stream.of(
                WELCOME,
                new Welcome(
                        WELCOME.link(),
                        WELCOME.limits(),
                        new Vocabulary(null, 0, SerializerConfig.DEFAULT, Map.of()),
                        null),
                new Refused(Refused.Reason.CONTRACT, "mine 1, yours 2"),
                new Ready("17.0.15"),
                new Failed("gr\u00fc\u00dfe", ByteBuffer.wrap(new byte[] {1, 2, 3})),
                new Shutdown(10_000));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatIsEncodedIsDecoded(final ControlMessage message) {
        assertEquals(message, decode(ControlCodec.encode(message)));
    }

    @Test
    void theBytesOfAWelcome() {
        golden(
                "00000093 0001 0001"
                        + "00000004 72696e67 00000002 2f6c 00010000 00001fc0 0000000000020000"
                        + "00000004 5350494e 00001000 00000007 00001388 00000003 0000000000002710 00001000 00040000"
                        + "0102030405060708 01 00000001 00000003 612e42"
                        + "00000004 6a617661 00000004 21712e52"
                        + "00000002 00000003 632e43 0000000000000002 00000003 7a2e5a ffffffffffffffff"
                        + "01 00000002 0908",
                WELCOME);
    }

    @Test
    void theBytesOfARefusal() {
        golden(
                "00000012 0001 0002 00000008 50524f544f434f4c 00000002 6e6f",
                new Refused(Refused.Reason.PROTOCOL, "no"));
    }

    @Test
    void theBytesOfAReady() {
        golden("00000006 0001 0003 00000002 3137", new Ready("17"));
    }

    @Test
    void theBytesOfAFailure() {
        golden("0000000a 0001 0004 00000001 78 00000001 05", new Failed("x", ByteBuffer.wrap(new byte[] {5})));
    }

    @Test
    void theBytesOfAShutdown() {
        golden("00000008 0001 0005 0000000000002710", new Shutdown(10_000));
    }

    @Test
    void aRefusalIsUnderstoodFromAnyVersion() {
        final ByteBuffer frame = ControlCodec.encode(new Refused(Refused.Reason.PROTOCOL, "no"));
        assertEquals(
                new Refused(Refused.Reason.PROTOCOL, "no"),
                ControlCodec.decode(999, ControlFrameDescriptor.REFUSED, body(frame)));
    }

    @Test
    void anotherVersionIsRefusedWithBothValues() {
        final ByteBuffer frame = ControlCodec.encode(new Shutdown(1));
        final ProtocolException failure = assertThrows(
                ProtocolException.class, () -> ControlCodec.decode(77, ControlFrameDescriptor.SHUTDOWN, body(frame)));
        assertTrue(failure.getMessage().contains("version 1 of"), failure::getMessage);
        assertTrue(failure.getMessage().contains("version 77"), failure::getMessage);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void garbageIsRefusedAndTakesNoMemory(final long seed) {
        final Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            final ByteBuffer bytes = mutate(random);
            final int type = random.nextInt(8);
            try {
                ControlCodec.decode(ControlFrameDescriptor.VERSION, type, bytes);
            } catch (final ProtocolException expected) {
                assertTrue(expected.getMessage() != null);
            } catch (final RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }

    private static ByteBuffer mutate(final Random random) {
        final ByteBuffer body = body(ControlCodec.encode(WELCOME));
        final byte[] bytes = new byte[random.nextInt(body.remaining() + 1)];
        body.get(bytes);
        for (int change = random.nextInt(4); change > 0 && bytes.length > 0; change--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return ByteBuffer.wrap(bytes);
    }

    private static void golden(final String hex, final ControlMessage message) {
        assertEquals(
                hex.replace(" ", ""),
                HexFormat.of().formatHex(ControlCodec.encode(message).array()));
    }

    private static ControlMessage decode(final ByteBuffer frame) {
        return ControlCodec.decode(
                frame.getShort(ControlFrameDescriptor.VERSION_OFFSET),
                frame.getShort(ControlFrameDescriptor.TYPE_OFFSET),
                body(frame));
    }

    private static ByteBuffer body(final ByteBuffer frame) {
        assertEquals(
                frame.remaining() - ControlFrameDescriptor.HEADER_LENGTH,
                frame.getInt(ControlFrameDescriptor.LENGTH_OFFSET));
        return frame.slice(
                ControlFrameDescriptor.HEADER_LENGTH, frame.remaining() - ControlFrameDescriptor.HEADER_LENGTH);
    }
}
