package io.outrider.launcher.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteFactory;
import io.outrider.api.RemoteObject;
import io.outrider.error.ContractException;
import io.outrider.launcher.support.OnBothTransports;
import java.io.InputStream;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Any interface that can be remote is a contract as it is; what can't be is refused with the method and the reason. */
@Timeout(60)
class ContractsTest extends OnBothTransports {
    private interface Shelf<T> {
        T get(int index);

        void put(int index, T value);

        default T first() {
            return get(0);
        }

        default long pidOfDefault() {
            return ProcessHandle.current().pid();
        }
    }

    private interface Named {
        String name();

        default String greeting() {
            return "I am " + name();
        }

        static String kind() {
            return "named";
        }
    }

    private interface NamedShelf extends Shelf<String>, Named {
        @Override
        String get(int index);

        String get(String index);

        String get(long index);

        @Override
        default String greeting() {
            return "Shelf " + name() + " holds " + first();
        }
    }

    private static final class StringShelf implements NamedShelf {
        private final String[] places = {"a", "b", "c"};

        @Override
        public String get(int index) {
            return places[index];
        }

        @Override
        public String get(String index) {
            return "by name " + index;
        }

        @Override
        public String get(long index) {
            return "by long " + index;
        }

        @Override
        public void put(int index, String value) {
            places[index] = value;
        }

        @Override
        public String name() {
            return "s";
        }
    }

    @Test
    void privateInterfacesWithInheritedGenericDefaultAndOverloadedMethods() {
        try (RemoteObject<NamedShelf> object = workers().create(NamedShelf.class, StringShelf::new)) {
            NamedShelf shelf = object.stub();
            assertEquals("b", shelf.get(1));
            assertEquals("by long 1", shelf.get(1L));
            assertEquals("by name 1", shelf.get("1"));
            Shelf<String> asShelf = shelf;
            asShelf.put(0, "new");
            assertEquals("new", asShelf.get(0));
            assertEquals("new", asShelf.first());
            assertEquals("Shelf s holds new", shelf.greeting());
            assertEquals("Shelf s holds new", ((Named) shelf).greeting());
            assertNotEquals(ProcessHandle.current().pid(), shelf.pidOfDefault());
            assertEquals(workers().workers().get(0).pid(), shelf.pidOfDefault());
        }
    }

    @Test
    @SuppressWarnings("unchecked") // a class literal has no type arguments
    void interfacesOfTheJdk() throws Exception {
        RemoteFactory<Function<String, Integer>> length = () -> String::length;
        try (RemoteObject<Function<String, Integer>> object =
                workers().create((Class<Function<String, Integer>>) (Class<?>) Function.class, length)) {
            assertEquals(5, object.stub().apply("hello"));
        }
        RemoteFactory<Comparator<String>> byLength = () -> Comparator.comparingInt(String::length);
        try (RemoteObject<Comparator<String>> object =
                workers().create((Class<Comparator<String>>) (Class<?>) Comparator.class, byLength)) {
            assertTrue(object.stub().compare("long", "s") > 0);
            assertEquals(
                    List.of("b", "aa"),
                    List.of("aa", "b").stream().sorted(object.stub()).toList());
        }
        RemoteFactory<Callable<Long>> pid = () -> () -> ProcessHandle.current().pid();
        try (RemoteObject<Callable<Long>> object =
                workers().create((Class<Callable<Long>>) (Class<?>) Callable.class, pid)) {
            assertEquals(workers().workers().get(0).pid(), object.stub().call());
        }
        RemoteFactory<BiFunction<Integer, Integer, Integer>> plus = () -> Integer::sum;
        try (RemoteObject<BiFunction<Integer, Integer, Integer>> object =
                workers().create((Class<BiFunction<Integer, Integer, Integer>>) (Class<?>) BiFunction.class, plus)) {
            assertEquals(7, object.stub().apply(3, 4));
        }
        try (RemoteObject<IntBinaryOperator> object = workers().create(IntBinaryOperator.class, () -> Math::max)) {
            assertEquals(9, object.stub().applyAsInt(9, -1));
        }
    }

    private interface WithNothing {}

    private static final class Nothing implements WithNothing {}

    @Test
    void anInterfaceWithoutMethods() {
        try (RemoteObject<WithNothing> object = workers().create(WithNothing.class, Nothing::new)) {
            assertTrue(object.stub().toString().contains("WithNothing"));
        }
    }

    private interface TakesStream {
        void fine();

        void read(InputStream input);
    }

    private interface GivesListIterator {
        ListIterator<String> names();
    }

    private interface GivesStreams {
        Iterator<Stream<String>> lines();
    }

    private interface GivesFuture {
        Future<String> later();
    }

    private interface TakesThreads extends Supplier<String> {
        void interrupt(Thread[] threads);
    }

    @Test
    void whatCannotBeRemoteIsRefusedWithTheMethodAndTheReason() {
        assertRefused(TakesStream.class, "read(java.io.InputStream)", "java.io.InputStream", "process");
        assertRefused(GivesListIterator.class, "names()", "java.util.ListIterator", "over time");
        assertRefused(GivesStreams.class, "lines()", "java.util.stream.Stream", "over time");
        assertRefused(GivesFuture.class, "later()", "java.util.concurrent.Future", "CompletionStage");
        assertRefused(TakesThreads.class, "interrupt(java.lang.Thread[])", "[Ljava.lang.Thread;", "process");
        assertRefused(String.class, "java.lang.String", "not an interface");
        assertRefused(Override.class, "java.lang.Override", "not an interface");
        assertRefused(Sealed.class, "Sealed", "sealed");
    }

    private sealed interface Sealed permits Only {}

    private static final class Only implements Sealed {}

    private <T> void assertRefused(Class<T> type, String... parts) {
        ContractException refused =
                assertThrows(ContractException.class, () -> workers().create(type, () -> null), type::getName);
        assertTrue(refused.getMessage().contains(type.getName()), refused::getMessage);
        for (String part : parts) {
            assertTrue(refused.getMessage().contains(part), () -> part + " in: " + refused.getMessage());
        }
        assertEquals(0, workers().workers().get(0).objects());
    }

    @Test
    void staticMethodsAreNotPartOfAContract() {
        assertEquals("named", Named.kind());
        try (RemoteObject<Named> object = workers().create(Named.class, () -> () -> "lambda")) {
            assertEquals("I am lambda", object.stub().greeting());
        }
    }
}
