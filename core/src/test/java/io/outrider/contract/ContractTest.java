package io.outrider.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.Blocking;
import io.outrider.error.ContractException;
import io.outrider.model.ValueKind;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table and the digest are the same in every JVM, whatever the order in which it finds the methods. */
class ContractTest {
    interface Base<T> {
        T get(String key);

        default int size() {
            return 0;
        }

        @Override
        String toString();

        static int helper() {
            return 1;
        }
    }

    interface Derived extends Base<List<String>>, Comparable<Derived> {
        @Override
        List<String> get(String key);

        @Blocking
        void set(int index, double... values);

        void set(int index, long value);

        @Override
        boolean equals(Object other);

        boolean equals(Derived other);

        int hashCode(int seed);
    }

    interface Diamond extends Base<String>, Callable<String> {
        @Override
        String call();
    }

    @Blocking
    interface AllBlocking {
        void one();

        int two();
    }

    private static List<String> signatures(Class<?> type) {
        return Contract.of(type).methods().stream()
                .map(ContractMethod::signature)
                .toList();
    }

    @Test
    void tableHoldsInheritedDefaultAndOverloadedMethodsInOrder() {
        assertEquals(
                List.of(
                        "compareTo(Ljava/lang/Object;)I",
                        "equals(Lio/outrider/contract/ContractTest$Derived;)Z",
                        "get(Ljava/lang/String;)Ljava/util/List;",
                        "hashCode(I)I",
                        "set(IJ)V",
                        "set(I[D)V",
                        "size()I"),
                signatures(Derived.class));
        List<ContractMethod> methods = Contract.of(Derived.class).methods();
        for (int i = 0; i < methods.size(); i++) {
            assertEquals(i, methods.get(i).index());
        }
        assertEquals(List.of(ValueKind.INT, ValueKind.DOUBLES), methods.get(5).parameters());
        assertEquals(ValueKind.VOID, methods.get(5).result());
        assertTrue(methods.get(5).blocking());
        assertFalse(methods.get(4).blocking());
        assertTrue(Contract.of(AllBlocking.class).methods().stream().allMatch(ContractMethod::blocking));
        assertEquals("Derived.set(int, double[])", methods.get(5).toString());
    }

    @Test
    void aMethodOfTwoSuperInterfacesStandsOnce() {
        List<String> diamond = signatures(Diamond.class);
        assertEquals(diamond.stream().distinct().toList(), diamond);
        assertTrue(diamond.contains("call()Ljava/lang/String;"), diamond::toString);
    }

    @Test
    void oneContractForEachInterface() {
        assertSame(Contract.of(Derived.class), Contract.of(Derived.class));
        assertNotEquals(
                Contract.of(Derived.class).digest(), Contract.of(Diamond.class).digest());
        assertNotEquals(
                Contract.of(Callable.class).digest(),
                Contract.of(Function.class).digest());
    }

    /** Of an interface that does not change: a change of these numbers is a change of the protocol. */
    @Test
    void digestIsGolden() {
        assertEquals(List.of("one()V", "two()I"), signatures(AllBlocking.class));
        assertEquals(
                "b9d0e054ae034c73",
                Long.toHexString(Contract.of(AllBlocking.class).digest()));
        assertEquals(
                "18f8153abf0b3c5f", Long.toHexString(Contract.of(Callable.class).digest()));
    }

    @Test
    void namesItself() {
        Contract<Callable<?>> contract = callable();
        assertEquals("java.util.concurrent.Callable", contract.name());
        assertTrue(
                contract.toString().contains("java.util.concurrent.Callable")
                        && contract.toString().contains(Long.toHexString(contract.digest())),
                contract::toString);
    }

    @SuppressWarnings("unchecked") // a class literal has no type arguments
    private static Contract<Callable<?>> callable() {
        return (Contract<Callable<?>>) (Contract<?>) Contract.of(Callable.class);
    }

    interface Bound {
        void fine();

        void wait(Map<String, CountDownLatch> fine, Thread[][] threads);
    }

    interface Later {
        Future<String> later();
    }

    interface TakesStage {
        void take(CompletionStage<String> stage);
    }

    interface Deferred {
        CompletableFuture<String> future();

        CompletionStage<String> stage();
    }

    record NoInterface(int x) {}

    private static final class Refused {
        static void assertSays(Class<?> type, String... parts) {
            ContractException refused = assertThrows(ContractException.class, () -> Contract.of(type));
            for (String part : parts) {
                assertTrue(refused.getMessage().contains(part), () -> part + " in " + refused.getMessage());
            }
        }
    }

    @Test
    void whatCannotBeRemoteIsRefusedByMethodAndReason() {
        Refused.assertSays(Bound.class, "Bound.wait(", "parameter 2", "java.lang.Thread", "bound to the process");
        Refused.assertSays(
                Later.class, "Later.later()", "the result", "java.util.concurrent.Future", "CompletionStage");
        Refused.assertSays(TakesStage.class, "TakesStage.take(", "parameter 1", "only as what a method returns");
        assertTrue(Contract.of(Deferred.class).methods().get(0).deferred());
        assertTrue(Contract.of(Deferred.class).methods().get(1).deferred());
        Refused.assertSays(NoInterface.class, "NoInterface", "not an interface");
        Refused.assertSays(Deprecated.class, "Deprecated", "not an interface");
        Refused.assertSays(int.class, "int", "not an interface");
        Refused.assertSays(Runnable[].class, "not an interface");
        ContractException again = assertThrows(ContractException.class, () -> Contract.of(Later.class));
        assertTrue(again.getMessage().contains("later"), "refused every time");
    }

    @ParameterizedTest
    @ValueSource(classes = {Comparator.class, Function.class, Callable.class, Runnable.class, Map.Entry.class})
    void interfacesOfTheJdkAreContracts(Class<?> type) {
        assertFalse(Contract.of(type).methods().isEmpty());
    }
}
