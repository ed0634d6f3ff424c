package io.outrider.marshal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.error.SerializationException;
import java.io.Serializable;
import java.util.*;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In strict mode nothing passes, in either direction, that is neither built in nor registered. */
@Timeout(60)
class StrictTest {
    static boolean initialised;

    static final class Allowed {
        Object value;

        Allowed(Object value) {
            this.value = value;
        }
    }

    static final class Other {
        Object value = 1;
    }

    static final class Marked {
        static {
            initialised = true;
        }
    }

    enum Size {
        SMALL,
        LARGE {}
    }

    record Pair(Object a, Object b) {}

    interface Task extends Supplier<Object>, Serializable {}

    private final ClassLoader loader = getClass().getClassLoader();
    private final List<Class<?>> types = List.of(Allowed.class, Pair.class, Size.class, Random.class);
    private final Trip strict = new Trip(Marshaller.strict(loader, types), Marshaller.strict(loader, types));
    private final Trip toStrict = new Trip(Marshaller.open(loader), Marshaller.strict(loader, types));

    @Test
    void builtInAndRegisteredTypesPass() throws Exception {
        for (Object value : Samples.values()) {
            String name = value.getClass().getName();
            boolean carriedByJava = name.startsWith("java.sql")
                    || name.contains("Inet")
                    || name.contains("Clock")
                    || name.contains("Japanese")
                    || name.contains("Calendar")
                    || name.contains("ZoneInfo");
            if (!name.startsWith("io.outrider")
                    && !carriedByJava
                    && !String.valueOf(type(value)).contains("outrider")) {
                if (!(value instanceof Class) && !name.contains("Thread$") && !name.contains("Comparators")) {
                    assertEquals(value, strict.send(value), name);
                }
            }
        }
        Pair pair = new Pair(Size.LARGE, new Pair[] {new Pair(1, Allowed.class)});
        assertEquals(Size.LARGE, strict.send(pair).a());
        assertEquals("x", strict.send(List.of(new Allowed("x"))).get(0).value);
        assertEquals(new Random(5).nextInt(), strict.send(new Random(5)).nextInt());
        assertEquals("m", strict.send(new IllegalStateException("m")).getMessage());
    }

    private static Object type(Object value) {
        if (value instanceof EnumSet<?> set) {
            return "outrider" + set;
        }
        return value instanceof EnumMap<?, ?> map ? "outrider" + map : "";
    }

    @Test
    void otherTypesAreRefusedByTheSender() {
        for (Object value : List.of(
                new Other(),
                new Other[0],
                new Other[0][0],
                Other.class,
                new Allowed(new Other()),
                List.of(new Other()),
                Optional.of(new Other()),
                EnumSet.noneOf(Thread.State.class),
                Thread.State.NEW,
                Collections.checkedList(new ArrayList<>(), Other.class),
                new SecurityManagerLike())) {
            SerializationException e = assertThrows(SerializationException.class, () -> strict.encode(value));
            assertTrue(e.getMessage().contains("not among the types that were registered"), e.getMessage());
        }
    }

    static final class SecurityManagerLike extends Random {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void otherTypesAreRefusedByTheReceiverAndNeverLoaded() throws Exception {
        byte[] bytes = toStrict.encode(new Object[] {1, new Other()});
        SerializationException e = assertThrows(SerializationException.class, () -> toStrict.decode(bytes));
        assertTrue(e.getMessage().contains(Other.class.getName()), e.getMessage());

        String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        byte[] renamed = text.replace("$Other", "$Marke").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThrows(SerializationException.class, () -> toStrict.decode(renamed));
        assertFalse(initialised);

        byte[] date = toStrict.encode(new java.sql.Timestamp(5));
        assertThrows(SerializationException.class, () -> toStrict.decode(date));
        byte[] checked = toStrict.encode(Collections.checkedList(new ArrayList<>(), Other.class));
        e = assertThrows(SerializationException.class, () -> toStrict.decode(checked));
        assertTrue(e.getMessage().contains(Other.class.getName()), e.getMessage());
    }

    @Test
    void lambdasNeedTheirCapturingClass() {
        Task task = () -> "ran";
        SerializationException e = assertThrows(SerializationException.class, () -> strict.encode(task));
        assertTrue(e.getMessage().contains(StrictTest.class.getName()), e.getMessage());
        byte[] bytes = toStrict.encode(task);
        assertThrows(SerializationException.class, () -> toStrict.decode(bytes));
        Marshaller both = Marshaller.strict(loader, List.of(StrictTest.class));
        assertEquals("ran", new Trip(both, both).send(task).get());
    }

    @Test
    void aTypeThatCantBeSentCantBeRegisteredIntoBeingSent() {
        Marshaller marshaller = Marshaller.strict(loader, List.of(Thread.class));
        SerializationException e = assertThrows(
                SerializationException.class, () -> new Trip(marshaller, marshaller).encode(new Thread("no")));
        assertTrue(e.getMessage().contains("java.lang.Thread"), e.getMessage());
        assertEquals(Thread.class, new Trip(marshaller, marshaller).send(Thread.class));
    }

    @Test
    void theDigestTellsSetsOfTypesApart() {
        long digest = Marshaller.strict(loader, types).typeDigest();
        assertEquals(digest, Marshaller.strict(loader, new ArrayList<>(types)).typeDigest());
        List<Class<?>> turned = new ArrayList<>(types);
        Collections.reverse(turned);
        assertNotEquals(digest, Marshaller.strict(loader, turned).typeDigest());
        assertNotEquals(
                digest, Marshaller.strict(loader, List.of(Allowed.class)).typeDigest());
        assertNotEquals(digest, Marshaller.open(loader).typeDigest());
        assertEquals(
                Marshaller.open(loader).typeDigest(),
                Marshaller.open(ClassLoader.getPlatformClassLoader()).typeDigest());
    }

    @Test
    void aTypeIsRegisteredOnce() {
        assertThrows(SerializationException.class, () -> Marshaller.strict(loader, List.of(Pair.class, Pair.class)));
    }
}
