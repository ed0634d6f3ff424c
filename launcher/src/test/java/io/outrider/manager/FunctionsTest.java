package io.outrider.manager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.launcher.support.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Functions run in the worker if they can be sent, and here otherwise; each behaves as the JDK's contract says. */
@Timeout(60)
class FunctionsTest extends OnBothManagers {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long HERE = ProcessHandle.current().pid();

    @Test
    void aLambdaGivenToASharedMapRunsInTheWorker() {
        SharedMap<String, Long> map = manager().map();
        long there = map.computeIfAbsent("pid", key -> ProcessHandle.current().pid());
        assertNotEquals(HERE, there);
        assertEquals(there, map.compute("pid", (key, pid) -> pid == null ? 0 : pid));
        assertEquals(2 * there, map.merge("pid", there, (one, other) -> one + other));
        assertEquals(3 * there, map.merge("pid", there, Long::sum));
        map.replaceAll((key, value) -> value / 3);
        assertEquals(Map.of("pid", there), map.snapshot());
        assertEquals(null, map.computeIfPresent("pid", (key, pid) -> null));
        assertTrue(map.isEmpty());
    }

    @Test
    void aFunctionThatCantBeSentRunsHere() {
        ConcurrentMap<String, Long> map = manager().map();
        List<String> asked = new ArrayList<>();
        assertEquals(HERE, map.computeIfAbsent("pid", key -> {
            asked.add(key);
            return ProcessHandle.current().pid();
        }));
        assertEquals(List.of("pid"), asked);
        BiFunction<Long, Long, Long> sum = (one, other) -> one + other + asked.size();
        assertEquals(HERE + 2, map.merge("pid", 1L, sum));

        SharedList<Integer> list = manager().list();
        list.addAll(List.of(3, 1, 2));
        Predicate<Integer> isAsked = n -> n == asked.size();
        assertTrue(list.removeIf(isAsked));
        UnaryOperator<Integer> plus = n -> n + asked.size();
        list.replaceAll(plus);
        Comparator<Integer> byNumber = (a, b) -> a.compareTo(b);
        list.sort(byNumber);
        assertEquals(List.of(3, 4), list);
    }

    @Test
    void aFunctionIsAtomicWhereverItRuns() throws Exception {
        SharedMap<String, Integer> map = manager().map();
        SharedList<Integer> list = manager().list();
        list.add(0);
        BiFunction<Integer, Integer, Integer> here = (one, other) -> one + other;
        UnaryOperator<Integer> plusOneHere = n -> n + 1;
        try (Threads threads = new Threads()) {
            for (int i = 0; i < 4; i++) {
                threads.start(() -> {
                    for (int j = 0; j < 50; j++) {
                        map.merge("n", 1, (one, other) -> one + other);
                        map.merge("n", 1, here);
                        list.replaceAll(n -> n + 1);
                        list.replaceAll(plusOneHere);
                    }
                });
            }
            threads.join(LIMIT);
        }
        assertEquals(400, map.get("n"));
        assertEquals(List.of(400), list);
    }

    @Test
    void whatAFunctionThrowsIsThrownHere() {
        SharedMap<String, Integer> map = manager().map();
        map.put("a", 1);
        assertThrows(ArithmeticException.class, () -> map.compute("a", (key, value) -> value / (value - 1)));
        assertEquals(1, map.get("a"));
        SharedList<Object> list = manager().list();
        list.addAll(List.of(1, "two"));
        assertThrows(ClassCastException.class, () -> list.sort(null));
    }
}
