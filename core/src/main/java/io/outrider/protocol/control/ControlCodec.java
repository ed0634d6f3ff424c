package io.outrider.protocol.control;

import io.outrider.config.SerializerConfig;
import io.outrider.config.WaitStrategy;
import io.outrider.error.ConfigurationException;
import io.outrider.error.OutriderException;
import io.outrider.error.ProtocolException;
import io.outrider.protocol.control.ControlMessage.Admitted;
import io.outrider.protocol.control.ControlMessage.Failed;
import io.outrider.protocol.control.ControlMessage.Limits;
import io.outrider.protocol.control.ControlMessage.Ready;
import io.outrider.protocol.control.ControlMessage.Refused;
import io.outrider.protocol.control.ControlMessage.Shutdown;
import io.outrider.protocol.control.ControlMessage.Trust;
import io.outrider.protocol.control.ControlMessage.Vocabulary;
import io.outrider.protocol.control.ControlMessage.Welcome;
import io.outrider.transport.LinkSpec;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns a {@link ControlMessage} into a frame and back. Stateless, safe from any thread, never blocks. Whatever bytes it is
 * given, it answers with a message or a {@link ProtocolException}, and takes no more memory than a few times their length.
 */
public final class ControlCodec {
    private ControlCodec() {}

    /**
     * Encodes a message.
     *
     * @param message to encode
     * @return the whole frame, header and body, ready to be written
     * @throws ProtocolException if it is longer than a frame may be
     */
    public static ByteBuffer encode(final ControlMessage message) {
        final ControlWriter out = new ControlWriter();
        final short type;
        if (message instanceof Welcome welcome) {
            type = ControlFrameDescriptor.WELCOME;
            putWelcome(out, welcome);
        } else if (message instanceof Refused refused) {
            type = ControlFrameDescriptor.REFUSED;
            out.putText(refused.reason().name()).putText(refused.text());
        } else if (message instanceof Ready ready) {
            type = ControlFrameDescriptor.READY;
            out.putText(ready.javaVersion());
        } else if (message instanceof Failed failed) {
            type = ControlFrameDescriptor.FAILED;
            out.putText(failed.summary()).putBytes(failed.failure());
        } else if (message instanceof Trust trust) {
            type = ControlFrameDescriptor.TRUST;
            out.putBytes(ByteBuffer.wrap(trust.own().toBytes()))
                    .putBytes(ByteBuffer.wrap(trust.shared().toBytes()));
        } else if (message instanceof Admitted admitted) {
            type = ControlFrameDescriptor.ADMITTED;
            out.putInt(admitted.client()).putInt(admitted.workerId());
            out.putInt(admitted.incarnation()).putLong(admitted.pid());
        } else {
            type = ControlFrameDescriptor.SHUTDOWN;
            out.putLong(((Shutdown) message).drainMs());
        }
        return out.frame(type);
    }

    /**
     * Decodes a message.
     *
     * @param version from the header
     * @param type from the header
     * @param body exactly the body
     * @return the message
     * @throws ProtocolException if it is none, or of another version than {@code REFUSED} may be
     */
    static ControlMessage decode(final int version, final int type, final ByteBuffer body) {
        if (version != ControlFrameDescriptor.VERSION && type != ControlFrameDescriptor.REFUSED) {
            throw new ProtocolException(versionMismatch(version));
        }
        final ControlMessage message;
        try {
            message = switch (type) {
                case ControlFrameDescriptor.WELCOME -> welcome(body);
                case ControlFrameDescriptor.REFUSED ->
                    new Refused(constant(Refused.Reason.class, text(body)), text(body));
                case ControlFrameDescriptor.READY -> new Ready(text(body));
                case ControlFrameDescriptor.FAILED -> new Failed(text(body), bytes(body));
                case ControlFrameDescriptor.SHUTDOWN -> new Shutdown(body.getLong());
                case ControlFrameDescriptor.TRUST -> new Trust(secret(body), secret(body));
                case ControlFrameDescriptor.ADMITTED ->
                    new Admitted(body.getInt(), body.getInt(), body.getInt(), body.getLong());
                default -> throw new ProtocolException("a control message of the unknown type " + type);
            };
        } catch (final BufferUnderflowException e) {
            throw new ProtocolException("a control message of type " + type + " ends too early", e);
        }
        if (body.hasRemaining()) {
            throw new ProtocolException(
                    "a control message of type " + type + " has " + body.remaining() + " bytes too many");
        }
        return message;
    }

    /**
     * Says that the two sides speak different versions, and which.
     *
     * @param theirs the peer's version
     * @return a sentence with both
     */
    public static String versionMismatch(final int theirs) {
        return "this side speaks version " + ControlFrameDescriptor.VERSION + " of the protocol, the peer version "
                + theirs + ": let the launcher and its workers have the same Outrider on their class paths";
    }

    private static void putWelcome(final ControlWriter out, final Welcome welcome) {
        final LinkSpec link = welcome.link();
        out.putText(link.transport()).putText(link.directory().toString());
        out.putInt(link.laneBytes()).putInt(link.maxFrameBytes()).putLong(link.arenaBytes());
        final Limits limits = welcome.limits();
        out.putText(limits.waitStrategy().name()).putInt(limits.maxPayloadBytes());
        out.putInt(limits.maxInFlight()).putInt(limits.orphanGraceMs()).putInt(limits.processor());
        out.putLong(limits.backPressureMs());
        out.putInt(limits.streamWindow()).putInt(limits.streamWindowBytes());
        putVocabulary(out, welcome.vocabulary());
        final ByteBuffer initializer = welcome.initializer();
        out.putFlag(initializer != null);
        if (initializer != null) {
            out.putBytes(initializer);
        }
    }

    private static void putVocabulary(final ControlWriter out, final Vocabulary vocabulary) {
        out.putLong(vocabulary.typesDigest());
        final List<String> types = vocabulary.strictTypes();
        out.putFlag(types != null);
        if (types != null) {
            out.putInt(types.size());
            types.forEach(out::putText);
        }
        final SerializerConfig serializer = vocabulary.serializer();
        final String filter = serializer.filter();
        out.putText(serializer.name()).putText(filter == null ? "" : filter);
        out.putInt(vocabulary.contracts().size());
        // Sorted, so that equal messages have equal bytes.
        new TreeMap<>(vocabulary.contracts())
                .forEach((name, digest) -> out.putText(name).putLong(digest));
    }

    private static Welcome welcome(final ByteBuffer in) {
        final LinkSpec link = linkSpec(in);
        final Limits limits = new Limits(
                constant(WaitStrategy.class, text(in)),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getInt(),
                in.getLong(),
                in.getInt(),
                in.getInt());
        final Vocabulary vocabulary = vocabulary(in);
        final @Nullable ByteBuffer initializer = flag(in) ? bytes(in) : null;
        return new Welcome(link, limits, vocabulary, initializer);
    }

    private static LinkSpec linkSpec(final ByteBuffer in) {
        final String transport = text(in);
        final String directory = text(in);
        try {
            return new LinkSpec(transport, Path.of(directory), in.getInt(), in.getInt(), in.getLong());
        } catch (final OutriderException | InvalidPathException e) {
            throw new ProtocolException("a link that can't be: " + e.getMessage(), e);
        }
    }

    private static Vocabulary vocabulary(final ByteBuffer in) {
        final long typesDigest = in.getLong();
        @Nullable List<String> types = null;
        if (flag(in)) {
            types = new ArrayList<>();
            for (int remaining = count(in); remaining > 0; remaining--) {
                types.add(text(in));
            }
        }
        final SerializerConfig serializer = serializer(text(in), text(in));
        final Map<String, Long> contracts = new TreeMap<>();
        for (int remaining = count(in); remaining > 0; remaining--) {
            contracts.put(text(in), in.getLong());
        }
        return new Vocabulary(types, typesDigest, serializer, contracts);
    }

    private static SerializerConfig serializer(final String name, final String filter) {
        try {
            return new SerializerConfig(name, filter.isEmpty() ? null : filter);
        } catch (final ConfigurationException e) {
            throw new ProtocolException("a serializer that can't be: " + e.getMessage(), e);
        }
    }

    private static SecretToken secret(final ByteBuffer in) {
        final ByteBuffer found = bytes(in);
        if (found.remaining() != SecretToken.LENGTH) {
            throw new ProtocolException("a secret of " + found.remaining() + " bytes: it has " + SecretToken.LENGTH);
        }
        final byte[] bytes = new byte[SecretToken.LENGTH];
        found.get(bytes);
        return SecretToken.of(bytes);
    }

    private static boolean flag(final ByteBuffer in) {
        return in.get() != 0;
    }

    /** A count of things that take at least a byte each, so that it can't ask for more than is there. */
    private static int count(final ByteBuffer in) {
        final int count = in.getInt();
        if (count < 0 || count > in.remaining()) {
            throw new ProtocolException(
                    "a control message promises " + count + " where " + in.remaining() + " bytes remain");
        }
        return count;
    }

    private static ByteBuffer bytes(final ByteBuffer in) {
        final byte[] bytes = new byte[count(in)];
        in.get(bytes);
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    private static String text(final ByteBuffer in) {
        return ControlWriter.CHARSET.decode(bytes(in)).toString();
    }

    private static <E extends Enum<E>> E constant(final Class<E> type, final String name) {
        try {
            return Enum.valueOf(type, name);
        } catch (final IllegalArgumentException e) {
            throw new ProtocolException("no " + type.getSimpleName() + " is called " + name, e);
        }
    }
}
