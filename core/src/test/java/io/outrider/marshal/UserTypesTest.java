package io.outrider.marshal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.error.SerializationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.util.*;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Classes of the user's: what is sent of them, and what is refused, by whom and with which words. */
@Timeout(60)
class UserTypesTest {
    private final Trip trip = Trip.open();

    static class Base {
        private final int id;
        private String name;
        protected transient String scratch = "made by the constructor";

        Base(int id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    static final class Derived extends Base {
        private final String name;
        private final long[] numbers = {1, 2};

        Derived() {
            super(7, "base");
            name = "derived";
        }

        Derived(String name) {
            super(9, "base of " + name);
            this.name = name;
        }
    }

    static final class NoDefault extends Base {
        NoDefault(int id) {
            super(id, "n");
        }
    }

    static final class Names extends ArrayList<String> {
        private static final long serialVersionUID = 1L;
        private final String owner;

        Names(String owner) {
            this.owner = owner;
        }
    }

    static final class Recent extends LinkedHashMap<String, Integer> {
        private static final long serialVersionUID = 1L;
        private final int most;

        Recent(int most) {
            super(16, 0.75f, false);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > most;
        }
    }

    static final class Sorted extends TreeSet<String> {
        private static final long serialVersionUID = 1L;

        Sorted(Comparator<String> comparator) {
            super(comparator);
        }
    }

    static final class Window extends AbstractList<Integer> {
        private final int from;
        private final int size;

        Window(int from, int size) {
            this.from = from;
            this.size = size;
        }

        @Override
        public Integer get(int index) {
            return from + index;
        }

        @Override
        public int size() {
            return size;
        }
    }

    /** Like the immutable collections of well-known libraries: says itself what is to be written. */
    static final class Frozen implements Serializable {
        private static final long serialVersionUID = 1L;
        private final transient Object[] parts;

        Frozen(Object... parts) {
            this.parts = parts;
        }

        Object writeReplace() {
            return new Form(List.of(parts));
        }

        record Form(List<Object> parts) implements Serializable {
            Object readResolve() {
                return new Frozen(parts.toArray());
            }
        }
    }

    static final class Written implements Serializable {
        private static final long serialVersionUID = 1L;
        private transient int doubled = 1;
        Object more;

        private void writeObject(ObjectOutputStream out) throws IOException {
            out.defaultWriteObject();
            out.writeInt(doubled * 2);
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            doubled = in.readInt();
        }
    }

    static final class Dice extends Random {
        private static final long serialVersionUID = 1L;
        int sides = 6;
    }

    static final class Outer {
        int size = 4;

        final class Part {
            int value = 5;

            int both() {
                return size + value;
            }
        }

        Part part() {
            return new Part();
        }
    }

    static final class Customer {
        Object account;
    }

    @Test
    void allFieldsAreSentButTransientAndStatic() {
        Derived arrived = trip.send(new Derived("d"));
        assertEquals(9, ((Base) arrived).id);
        assertEquals("base of d", ((Base) arrived).name);
        assertEquals("d", arrived.name);
        assertEquals(2, arrived.numbers.length);
        assertEquals("made by the constructor", arrived.scratch);
        NoDefault bare = trip.send(new NoDefault(3));
        assertEquals(3, ((Base) bare).id);
        assertNull(bare.scratch);
    }

    @Test
    void subclassesOfCollectionsKeepContentsAndFields() {
        Names names = new Names("me");
        names.addAll(List.of("a", "b"));
        Names arrived = trip.send(names);
        assertEquals(names, arrived);
        assertEquals("me", arrived.owner);
        Recent recent = new Recent(2);
        recent.put("a", 1);
        recent.put("b", 2);
        Recent arrivedMap = trip.send(recent);
        arrivedMap.put("c", 3);
        assertEquals(Set.of("b", "c"), arrivedMap.keySet());
        Sorted sorted = new Sorted(Comparator.reverseOrder());
        sorted.addAll(List.of("a", "b"));
        assertEquals("b", trip.send(sorted).first());
    }

    @Test
    void collectionsOfOnesOwnAreObjectsLikeAnyOther() {
        assertEquals(List.of(3, 4), trip.send(new Window(3, 2)));
        assertSame(Window.class, trip.send(new Window(3, 2)).getClass());
    }

    @Test
    void aClassThatSaysHowItIsSerializedIsTakenAtItsWord() {
        assertEquals("b", trip.send(new Frozen("a", "b")).parts[1]);
        assertEquals(2, trip.send(new Written()).doubled);
        Dice dice = new Dice();
        dice.sides = 20;
        Dice arrived = trip.send(dice);
        assertEquals(20, arrived.sides);
        assertEquals(dice.nextInt(), arrived.nextInt());
    }

    @Test
    void whatJavaSerializationCantCarryIsNamed() {
        Written written = new Written();
        written.more = new Customer();
        String message = refused(written);
        assertTrue(message.contains(Customer.class.getName() + " is not java.io.Serializable"), message);
    }

    @Test
    void javaSerializationHasALimitOfDepthOfItsOwn() {
        Written chain = new Written();
        for (int i = 0; i < 350; i++) {
            Written next = new Written();
            next.more = chain;
            chain = next;
        }
        byte[] bytes = trip.encode(chain);
        String message = assertThrows(SerializationException.class, () -> trip.decode(bytes))
                .getMessage();
        assertTrue(message.contains("REJECTED"), message);
    }

    @Test
    void innerClassesBringTheirOuterInstance() {
        assertEquals(9, trip.send(new Outer().part()).both());
    }

    @Test
    void whatIsBoundToItsJvmIsRefusedByNameAndPath() throws IOException {
        Customer customer = new Customer();
        ExecutorService pool = Executors.newSingleThreadExecutor();
        Runnable proxy = (Runnable) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Runnable.class}, (self, method, args) -> null);
        try (FileChannel channel = FileChannel.open(java.nio.file.Path.of("/dev/null"))) {
            for (Object bound : new Object[] {
                new Thread("never started"),
                Thread.currentThread().getThreadGroup(),
                getClass().getClassLoader(),
                new ByteArrayInputStream(new byte[0]),
                System.out,
                new java.io.StringReader(""),
                new java.io.StringWriter(),
                new java.net.Socket(),
                channel,
                new ReentrantLock(),
                pool,
                new Timer(true),
                ThreadLocal.withInitial(() -> 1),
                java.lang.invoke.MethodHandles.constant(int.class, 1),
                proxy,
                Runtime.getRuntime(),
                new java.util.concurrent.CompletableFuture<>(),
                new java.util.concurrent.CountDownLatch(1),
                new java.lang.ref.WeakReference<>(1),
                List.of(1).iterator(),
                java.util.stream.Stream.of(1)
            }) {
                customer.account = Map.of("key", new Object[] {1, bound});
                String message = refused(customer);
                assertTrue(message.contains("(at Customer.account{key}[1])"), message);
                if (bound != proxy) {
                    assertTrue(message.contains(bound.getClass().getName()), message);
                }
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aWriterGoesOnAfterARefusal() {
        Marshaller marshaller = Marshaller.open(getClass().getClassLoader());
        ValueWriter writer = new ValueWriter(marshaller, 1000);
        writer.reset(0);
        assertThrows(SerializationException.class, () -> writer.putObject(List.of(new Thread("no"))));
        writer.reset(0);
        writer.putObject(List.of("yes"));
        ValueReader reader = new ValueReader(marshaller);
        reader.wrap(writer.buffer(), 0, writer.length());
        assertEquals(List.of("yes"), reader.getObject());
    }

    interface Task<T> extends Supplier<T>, Serializable {}

    interface Sent<A, B> extends Function<A, B>, Serializable {}

    static String shout(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    @Test
    void serializableLambdasArrive() {
        Customer captured = new Customer();
        captured.account = "not Serializable itself";
        int number = 3;
        Task<String> task = () -> captured.account + " " + number;
        assertEquals("not Serializable itself 3", trip.send(task).get());
        Sent<String, String> method = UserTypesTest::shout;
        assertEquals("ABC", trip.send(method).apply("abc"));
        Sent<String, Names> maker = Names::new;
        assertEquals("o", trip.send(maker).apply("o").owner);
        Task<String> bound = captured.account.toString()::trim;
        assertEquals("not Serializable itself", trip.send(bound).get());
        Runnable cast = (Runnable & Serializable) () -> captured.account = "ran";
        Object[] arrived = trip.send(new Object[] {cast, captured});
        ((Runnable) arrived[0]).run();
        assertSame(Customer.class, arrived[1].getClass());
    }

    @Test
    void lambdasShareWhatTheyCapture() {
        List<Integer> list = new ArrayList<>();
        Sent<Integer, Boolean> adder = list::add;
        Object[] arrived = trip.send(new Object[] {list, adder});
        assertEquals(true, asFunction(arrived[1]).apply(5));
        assertEquals(List.of(5), arrived[0]);
    }

    @SuppressWarnings("unchecked")
    private static Function<Integer, Boolean> asFunction(Object value) {
        return (Function<Integer, Boolean>) value;
    }

    @Test
    void lambdasOfTheJdkArrive() {
        Comparator<String> comparator = Comparator.comparing((Sent<String, Integer> & Serializable) String::length);
        assertEquals(-1, Integer.signum(trip.send(comparator).compare("a", "bb")));
        Comparator<Map.Entry<String, Integer>> byKey = Map.Entry.comparingByKey();
        assertEquals(-1, trip.send(byKey).compare(Map.entry("a", 1), Map.entry("b", 1)));
    }

    @Test
    void otherLambdasAreRefusedWithAdvice() {
        Supplier<String> plain = () -> "x";
        String message = refused(List.of(plain));
        assertTrue(message.contains("is not serializable"), message);
        assertTrue(message.contains("java.io.Serializable"), message);
    }

    private String refused(Object value) {
        return assertThrows(SerializationException.class, () -> trip.encode(value))
                .getMessage();
    }
}
