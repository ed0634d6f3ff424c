package io.outrider.marshal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.*;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random graphs with sharing and cycles arrive with the same structure; the seed is in the name of a failure. */
@Timeout(60)
class RandomGraphTest {
    private final Trip trip = Trip.open();

    static final class Part {
        int number;
        Object left;
        Object right;
    }

    record Pair(Object a, long b) {}

    static java.util.stream.LongStream seeds() {
        return java.util.stream.LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aRandomGraphArrives(long seed) {
        Random random = new Random(seed);
        Object graph = build(random, 120);
        assertEquals(describe(graph), describe(trip.send(graph)), "seed " + seed);
    }

    private static Object build(Random random, int size) {
        List<Object> all = new ArrayList<>();
        List<Object> open = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Object next = make(random, all);
            all.add(next);
            if (next instanceof Part
                    || next instanceof ArrayList
                    || next instanceof Object[]
                    || next instanceof IdentityHashMap) {
                open.add(next);
            }
        }
        // Only mutable objects are given references forward, so that every cycle can be rebuilt from where it is
        // entered.
        List<Object> root = new ArrayList<>(open);
        for (Object each : open) {
            fill(random, each, open);
        }
        root.addAll(all);
        return root;
    }

    private static Object make(Random random, List<Object> all) {
        return switch (random.nextInt(12)) {
            case 0 -> new Part();
            case 1 -> new ArrayList<>();
            case 2 -> new Object[random.nextInt(4)];
            case 3 -> new IdentityHashMap<>();
            case 4 -> new Pair(any(random, all), random.nextLong());
            case 5 -> List.of(1, any(random, all));
            case 6 -> Map.of(random.nextInt(9), any(random, all));
            case 7 -> "s" + random.nextInt(5);
            case 8 -> random.nextInt();
            case 9 -> Optional.of(any(random, all));
            case 10 -> Collections.unmodifiableList(new ArrayList<>(List.of(any(random, all))));
            default -> new int[random.nextInt(3)];
        };
    }

    private static void fill(Random random, Object object, List<Object> open) {
        if (object instanceof Part part) {
            part.number = random.nextInt();
            part.left = any(random, open);
            part.right = random.nextBoolean() ? null : any(random, open);
        } else if (object instanceof Object[] array) {
            Arrays.setAll(array, i -> any(random, open));
        } else if (object instanceof ArrayList<?>) {
            @SuppressWarnings("unchecked")
            List<Object> list = (List<Object>) object;
            list.add(any(random, open));
            list.add(random.nextInt(5));
        } else {
            @SuppressWarnings("unchecked")
            Map<Object, Object> map = (Map<Object, Object>) object;
            map.put(any(random, open), any(random, open));
        }
    }

    private static Object any(Random random, List<Object> from) {
        return from.isEmpty() ? "none" : from.get(random.nextInt(from.size()));
    }

    /** Writes a graph as text, with a number for each object, so that equal texts mean the same structure. */
    private static String describe(Object root) {
        StringBuilder text = new StringBuilder();
        describe(root, new IdentityHashMap<>(), text);
        return text.toString();
    }

    private static void describe(Object object, Map<Object, Integer> met, StringBuilder text) {
        if (object == null || object instanceof Integer) {
            text.append(object).append(' ');
            return;
        }
        Integer known = met.putIfAbsent(object, met.size());
        if (known != null) {
            text.append('#').append(known).append(' ');
            return;
        }
        text.append(object.getClass().getSimpleName()).append('(');
        if (object instanceof Part part) {
            text.append(part.number).append(' ');
            describe(part.left, met, text);
            describe(part.right, met, text);
        } else if (object instanceof Pair pair) {
            text.append(pair.b()).append(' ');
            describe(pair.a(), met, text);
        } else if (object instanceof Object[] array) {
            Arrays.asList(array).forEach(each -> describe(each, met, text));
        } else if (object instanceof Collection<?> collection) {
            collection.forEach(each -> describe(each, met, text));
        } else if (object instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                describe(key, met, text);
                describe(value, met, text);
            });
        } else if (object instanceof Optional<?> optional) {
            describe(optional.get(), met, text);
        } else if (object instanceof int[] ints) {
            text.append(ints.length);
        } else {
            text.append(object);
        }
        text.append(") ");
    }
}
