package io.outrider.marshal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Every kind of value arrives equal, and as the class that the documentation promises. */
@Timeout(60)
class RoundTripTest {
    private final Trip trip = Trip.open();

    @TestFactory
    List<DynamicTest> valuesArriveAsThemselves() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        for (Object value : Samples.values()) {
            tests.add(DynamicTest.dynamicTest(label(value), () -> {
                Object arrived = trip.send(value);
                assertEquals(value, arrived);
                if (!(value instanceof java.nio.file.Path)) {
                    assertSame(value.getClass(), arrived.getClass());
                }
            }));
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> viewsArriveAsCopies() {
        List<DynamicTest> tests = new ArrayList<>();
        Samples.views()
                .forEach((value, type) -> tests.add(DynamicTest.dynamicTest(label(value), () -> {
                    Object arrived = trip.send(value);
                    assertEquals(value, arrived);
                    assertSame(type, arrived.getClass());
                })));
        return tests;
    }

    private static String label(Object value) {
        String text = value.getClass().getName();
        return text
                + (value instanceof Collection || value instanceof Map || text.length() > 60 ? "" : " " + head(value));
    }

    private static String head(Object value) {
        String text = value instanceof java.math.BigDecimal d ? d.toString() : String.valueOf(value);
        return text.length() > 40 ? text.substring(0, 40) : text;
    }

    @Test
    void theValuesOfAMapArriveAsAList() {
        Collection<Integer> arrived = trip.send(new TreeMap<>(Map.of("a", 1, "b", 2)).values());
        assertEquals(List.of(1, 2), arrived);
        assertSame(ArrayList.class, arrived.getClass());
    }

    @Test
    void nullArrivesAsNull() {
        assertNull(trip.send(null));
    }

    @Test
    void arraysArriveWithTheirComponentType() {
        Object[] arrays = {
            new boolean[] {true, false},
            new byte[] {1, -1},
            new short[] {-1},
            new char[] {'a', '\udfff'},
            new int[] {1, -1},
            new long[] {Long.MIN_VALUE},
            new float[] {Float.MIN_VALUE},
            new double[] {Double.NaN},
            new int[0],
            new int[][] {{1}, null, {2, 3}},
            new String[] {"a", null},
            new String[2][3],
            new Object[] {1, "x", new int[] {7}},
            new Samples.Color[] {Samples.Color.GREEN},
            new Comparable<?>[] {1, "a"},
            new List<?>[][] {{List.of(1)}, {}},
            new Samples.Point[] {new Samples.Point(1, 2)},
            new Class<?>[] {int.class, null}
        };
        Object[] arrived = trip.send(arrays);
        assertTrue(Arrays.deepEquals(arrays, arrived));
        for (int i = 0; i < arrays.length; i++) {
            assertSame(arrays[i].getClass(), arrived[i].getClass());
        }
    }

    @Test
    void holdersArriveWithWhatTheyHold() {
        assertEquals(1, trip.send(new AtomicInteger(1)).get());
        assertEquals(-1L, trip.send(new AtomicLong(-1)).get());
        assertTrue(trip.send(new AtomicBoolean(true)).get());
        assertEquals("x", trip.send(new AtomicReference<>("x")).get());
        assertEquals(
                "[1, 2]", trip.send(new AtomicIntegerArray(new int[] {1, 2})).toString());
        assertEquals("[1, 2]", trip.send(new AtomicLongArray(new long[] {1, 2})).toString());
        assertEquals(
                "[a, null]",
                trip.send(new AtomicReferenceArray<>(new String[] {"a", null})).toString());
        assertEquals("ab", trip.send(new StringBuilder("ab")).append("").toString());
        assertEquals("ab", trip.send(new StringBuffer("ab")).toString());
        LongAdder adder = new LongAdder();
        adder.add(5);
        assertEquals(5, trip.send(adder).sum());
    }

    @Test
    void aRandomGoesOnWhereItWas() {
        Random random = new Random(42);
        random.nextGaussian();
        Random arrived = trip.send(random);
        assertEquals(random.nextGaussian(), arrived.nextGaussian());
        assertEquals(random.nextLong(), arrived.nextLong());
    }

    @Test
    void patternsKeepTheirFlags() {
        Pattern arrived = trip.send(Samples.pattern());
        assertEquals("a+", arrived.pattern());
        assertTrue(arrived.matcher("AAA").matches());
    }

    @Test
    void byteBuffersKeepContentPositionOrderAndKind() {
        ByteBuffer direct = ByteBuffer.allocateDirect(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(7)
                .putInt(8)
                .flip();
        direct.getInt();
        ByteBuffer heap = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2).slice();
        ByteBuffer frozen = ByteBuffer.wrap(new byte[] {9, 8}).asReadOnlyBuffer();
        ByteBuffer arrived = trip.send(direct);
        assertTrue(arrived.isDirect());
        assertEquals(ByteOrder.LITTLE_ENDIAN, arrived.order());
        assertEquals(4, arrived.position());
        assertEquals(8, arrived.getInt());
        assertEquals(4, direct.position());
        assertEquals(heap, trip.send(heap));
        assertEquals(2, trip.send(heap).capacity());
        assertTrue(trip.send(frozen).isReadOnly());
    }

    @Test
    void queuesKeepOrderComparatorAndCapacity() {
        Samples.SentComparator<String> byLength = (a, b) -> Integer.compare(a.length(), b.length());
        PriorityQueue<String> priority = new PriorityQueue<>(byLength);
        Collections.addAll(priority, "ccc", "a", "bb");
        PriorityQueue<String> arrived = trip.send(priority);
        assertEquals("a", arrived.poll());
        assertEquals("bb", arrived.poll());
        ArrayBlockingQueue<Integer> array = new ArrayBlockingQueue<>(5, false, List.of(1, 2));
        assertEquals(3, trip.send(array).remainingCapacity());
        assertEquals(List.of(1, 2), List.copyOf(trip.send(array)));
        assertEquals(9, trip.send(new LinkedBlockingQueue<>(9)).remainingCapacity());
        assertEquals(9, trip.send(new LinkedBlockingDeque<>(9)).remainingCapacity());
        for (Queue<Integer> queue : List.<Queue<Integer>>of(
                new ArrayDeque<>(List.of(3, 1, 2)), new ConcurrentLinkedQueue<>(List.of(3, 1, 2)),
                new ConcurrentLinkedDeque<>(List.of(3, 1, 2)), new LinkedTransferQueue<>(List.of(3, 1, 2)))) {
            assertEquals(List.of(3, 1, 2), List.copyOf(trip.send(queue)));
            assertSame(queue.getClass(), trip.send(queue).getClass());
        }
        PriorityBlockingQueue<Integer> blocking = new PriorityBlockingQueue<>(3, Comparator.reverseOrder());
        blocking.addAll(List.of(1, 3, 2));
        assertEquals(3, trip.send(blocking).poll());
    }

    @Test
    void sortedContainersKeepTheirComparator() {
        for (Comparator<String> comparator : List.of(
                Comparator.<String>reverseOrder(),
                Collections.reverseOrder(String.CASE_INSENSITIVE_ORDER),
                (Samples.SentComparator<String>) (a, b) -> b.compareTo(a),
                Comparator.nullsFirst(Comparator.<String>naturalOrder()).reversed())) {
            TreeMap<String, Integer> map = new TreeMap<>(comparator);
            map.putAll(Map.of("a", 1, "b", 2));
            TreeMap<String, Integer> arrived = trip.send(map);
            arrived.put("c", 3);
            assertEquals(List.of("c", "b", "a"), List.copyOf(arrived.keySet()));
            TreeSet<String> set = new TreeSet<>(comparator);
            set.add("x");
            assertEquals(set, trip.send(set));
            assertEquals(
                    List.of("b", "a"),
                    List.copyOf(trip.send(map.headMap("a", true)).keySet()));
        }
    }

    @Test
    void orderedMapsKeepTheirOrder() {
        LinkedHashMap<String, Integer> recent = new LinkedHashMap<>(16, 0.75f, true);
        recent.put("a", 1);
        recent.put("b", 2);
        LinkedHashMap<String, Integer> arrived = trip.send(recent);
        arrived.get("a");
        assertEquals(List.of("b", "a"), List.copyOf(arrived.keySet()));
        LinkedHashMap<String, Integer> plain = trip.send(new LinkedHashMap<>(recent));
        plain.get("a");
        assertEquals(List.of("a", "b"), List.copyOf(plain.keySet()));
    }

    @Test
    void identityMapsAreKeyedByTheObjectsThatArrived() {
        String key = new String("k");
        IdentityHashMap<Object, Object> map = new IdentityHashMap<>();
        map.put(key, 1);
        map.put(new String("k"), 2);
        Object[] arrived = trip.send(new Object[] {key, map});
        assertEquals(2, ((Map<?, ?>) arrived[1]).size());
        assertEquals(1, ((Map<?, ?>) arrived[1]).get(arrived[0]));
        Set<Object> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.add(key);
        set.add(new String("k"));
        assertEquals(2, trip.send(set).size());
    }

    @Test
    void propertiesKeepTheirDefaults() {
        Properties defaults = new Properties();
        defaults.setProperty("a", "1");
        Properties properties = new Properties(defaults);
        properties.setProperty("b", "2");
        Properties arrived = trip.send(properties);
        assertEquals("1", arrived.getProperty("a"));
        assertEquals(Set.of("b"), arrived.keySet());
    }

    @Test
    void concurrentKeySetsCanBeAddedTo() {
        Set<String> set = ConcurrentHashMap.newKeySet();
        set.add("x");
        Set<String> arrived = trip.send(set);
        arrived.add("y");
        assertEquals(Set.of("x", "y"), arrived);
    }

    @Test
    void wrappersStayWhatTheyAre() {
        assertThrows(
                UnsupportedOperationException.class, () -> trip.send(List.of(1)).add(2));
        for (Collection<Object> each : List.of(
                Collections.unmodifiableCollection(new ArrayDeque<Object>(List.of(1))),
                Collections.unmodifiableList(new ArrayList<Object>(List.of(1))),
                Collections.unmodifiableSet(new HashSet<Object>(List.of(1))))) {
            Collection<Object> arrived = trip.send(each);
            assertSame(each.getClass(), arrived.getClass());
            assertThrows(UnsupportedOperationException.class, () -> arrived.add(2));
        }
        Collection<Object> synced = trip.send(Collections.synchronizedCollection(new ArrayDeque<Object>(List.of(1))));
        assertInstanceOf(Collections.synchronizedCollection(new ArrayList<>()).getClass(), synced);
        synced.add(2);
        assertEquals(List.of(1, 2), List.copyOf(synced));
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void checkedCollectionsStillCheck() {
        List raw = trip.send(Collections.checkedList(new ArrayList<>(List.of("x")), String.class));
        assertThrows(ClassCastException.class, () -> raw.add(1));
        Map map = trip.send(Collections.checkedMap(new HashMap<>(), String.class, Integer.class));
        assertThrows(ClassCastException.class, () -> map.put("a", "b"));
        Map byColor = trip.send(new EnumMap<>(Samples.Color.class));
        byColor.put(Samples.Color.RED, 1);
        assertEquals(1, byColor.size());
    }

    @Test
    void builtInTypesTakeFewBytes() {
        assertTrue(trip.encode(List.of(1, 2)).length <= 12, "List.of(1, 2)");
        assertTrue(trip.encode("abc").length <= 10, "a string");
        assertFalse(new String(trip.encode(new HashMap<>(Map.of("a", 1)))).contains("java"));
    }

    @Test
    void copiesAreNotTheOriginals() {
        List<Integer> list = new ArrayList<>(List.of(1));
        assertNotSame(list, trip.send(list));
        int[] array = {1};
        assertArrayEquals(array, trip.send(array));
        assertNotSame(array, trip.send(array));
    }
}
