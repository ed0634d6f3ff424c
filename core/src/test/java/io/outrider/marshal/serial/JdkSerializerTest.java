package io.outrider.marshal.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.serializer.Serializer;
import io.outrider.api.serializer.SerializerContext;
import io.outrider.api.serializer.SerializerProvider;
import io.outrider.config.SerializerConfig;
import io.outrider.error.ConfigurationException;
import io.outrider.error.PayloadTooLargeException;
import io.outrider.error.SerializationException;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.rmi.server.ObjID;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the serializer {@code java} takes and refuses, and how providers are found. */
class JdkSerializerTest {
    private static final int MAX_BYTES = 1 << 16;

    private final Marshaller marshaller =
            Marshaller.open(getClass().getClassLoader()).with(new SerializerConfig("java", null));
    private final ValueWriter writer = new ValueWriter(marshaller, MAX_BYTES);

    private ValueReader read() {
        ValueReader reader = new ValueReader(marshaller);
        reader.wrap(writer.buffer(), 0, writer.length());
        return reader;
    }

    @Test
    void graphsOfAMessageShareWhatTheyHold() {
        List<Object> shared = new ArrayList<>(List.of("x"));
        Map<String, Object> map = new HashMap<>(Map.of("s", shared));
        for (int message = 0; message < 3; message++) {
            writer.reset(0);
            writer.putObject(shared);
            writer.putInt(5);
            writer.putObject(map);
            ValueReader reader = read();
            Object first = reader.getObject();
            assertEquals(5, reader.getInt());
            assertSame(first, ((Map<?, ?>) reader.getObject()).get("s"));
            assertEquals(shared, first);
        }
    }

    @Test
    void anArrayThatTheBytesCannotJustifyIsNotMade() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Object[0]);
        }
        byte[] stream = bytes.toByteArray();
        ByteBuffer.wrap(stream).putInt(stream.length - Integer.BYTES, 100_000_000);
        assertRefused(stream, "java.lang.Object[] of length 100000000");
    }

    @Test
    void whatRunsCodeOfAMessagesChoosingIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ObjID());
        }
        assertRefused(bytes.toByteArray(), "refuses java.rmi.server.ObjID");
        InvocationHandler handler = (proxy, method, arguments) -> null;
        Object proxy = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Runnable.class}, handler);
        writer.reset(0);
        SerializationException sent =
                assertThrows(SerializationException.class, () -> writer.putObject(List.of(proxy)));
        assertTrue(sent.getMessage().contains("a proxy of [interface java.lang.Runnable]"), sent::getMessage);
    }

    private void assertRefused(byte[] stream, String says) {
        writer.reset(0);
        writer.putBytes(stream);
        SerializationException refused = assertThrows(SerializationException.class, () -> read().getObject());
        assertTrue(refused.getMessage().contains(says), refused::getMessage);
    }

    @Test
    void aMessageThatWouldBecomeTooLargeIsRefusedWithBothSizes() {
        writer.reset(0);
        PayloadTooLargeException refused = assertThrows(
                PayloadTooLargeException.class, () -> writer.putObject(new StringBuilder("x".repeat(MAX_BYTES))));
        assertTrue(refused.getMessage().contains(String.valueOf(MAX_BYTES)), refused::getMessage);
        writer.reset(0);
        writer.putObject(List.of(1));
        assertEquals(List.of(1), read().getObject());
    }

    @Test
    void bytesThatAreNoStreamAreRefused() {
        UnsafeBuffer garbage = new UnsafeBuffer(new byte[] {4, 0, 0, 0, 1, 2, 3, 4});
        ValueReader reader = new ValueReader(marshaller);
        reader.wrap(garbage, 0, garbage.capacity());
        SerializationException refused = assertThrows(SerializationException.class, reader::getObject);
        assertTrue(refused.getMessage().contains("the serializer java can't decode"), refused::getMessage);
    }

    private record Listed(String text, List<Object> more) implements Serializable {}

    private record Unlisted(int value) implements Serializable {}

    @Test
    void whereOnlyListedTypesMayCrossNoOtherIsSentOrLoaded() {
        Marshaller strict = Marshaller.strict(getClass().getClassLoader(), List.of(Listed.class))
                .with(new SerializerConfig("java", null));
        ValueWriter strictly = new ValueWriter(strict, MAX_BYTES);
        List<Object> built = List.of(
                1,
                2.5,
                "s",
                new int[0].length,
                BigInteger.TEN,
                Instant.EPOCH,
                EnumSet.of(Thread.State.NEW).size(),
                new ArrayList<>(List.of(1)),
                new ConcurrentHashMap<>(Map.of("k", 1L)),
                Map.of("k", Set.of('c')),
                Collections.unmodifiableList(new ArrayList<>()),
                Arrays.asList(1, 2),
                new TreeMap<>(Map.of(1, 2)));
        strictly.reset(0);
        strictly.putObject(new Listed("t", built));
        ValueReader reader = new ValueReader(strict);
        reader.wrap(strictly.buffer(), 0, strictly.length());
        assertEquals(new Listed("t", built), reader.getObject());

        strictly.reset(0);
        SerializationException sent =
                assertThrows(SerializationException.class, () -> strictly.putObject(List.of(new Unlisted(1))));
        assertTrue(sent.getMessage().contains(Unlisted.class.getName() + " is not among the types"), sent::getMessage);
        writer.reset(0);
        writer.putObject(new Unlisted(1)); // by a peer that is not strict
        reader.wrap(writer.buffer(), 0, writer.length());
        SerializationException received = assertThrows(SerializationException.class, reader::getObject);
        assertTrue(received.getMessage().contains(Unlisted.class.getName() + " is not among"), received::getMessage);
    }

    @Test
    void queuesArriveWithTheLocksThatTheyHold() {
        for (Collection<Integer> queue : List.<Collection<Integer>>of(
                new ArrayBlockingQueue<>(2),
                new LinkedBlockingQueue<>(),
                new LinkedBlockingDeque<>(),
                new PriorityBlockingQueue<>(),
                new CopyOnWriteArrayList<>())) {
            queue.add(1);
            writer.reset(0);
            writer.putObject(queue);
            Collection<?> copy = (Collection<?>) read().getObject();
            assertSame(queue.getClass(), copy.getClass());
            assertEquals(List.of(1), List.copyOf(copy));
        }
    }

    @Test
    void oneNameHasOneProvider(@TempDir Path directory) throws IOException {
        assertNotNull(SerializerProvider.named("java", getClass().getClassLoader()));
        assertClash(directory.resolve("kryo"), OtherKryo.class, "kryo: " + OtherKryo.class.getName());
        assertClash(directory.resolve("java"), OtherJava.class, OtherJava.class.getName());
    }

    private void assertClash(Path directory, Class<?> provider, String says) throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(SerializerProvider.class.getName()), provider.getName());
        URL[] urls = {directory.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, getClass().getClassLoader())) {
            ConfigurationException clash =
                    assertThrows(ConfigurationException.class, () -> SerializerProvider.named("java", loader));
            assertTrue(clash.getMessage().contains("two serializers have the name"), clash::getMessage);
            assertTrue(clash.getMessage().contains(says), clash::getMessage);
        }
    }

    /** Takes the name that Outrider has. */
    public static final class OtherKryo implements SerializerProvider {
        @Override
        public String name() {
            return KRYO;
        }

        @Override
        public Serializer newSerializer(SerializerContext context) {
            throw new AssertionError("never asked");
        }
    }

    /** Takes the name of another one. */
    public static final class OtherJava implements SerializerProvider {
        @Override
        public String name() {
            return "java";
        }

        @Override
        public Serializer newSerializer(SerializerContext context) {
            throw new AssertionError("never asked");
        }
    }
}
