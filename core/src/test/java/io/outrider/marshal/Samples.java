package io.outrider.marshal;

import java.io.File;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.JapaneseDate;
import java.util.*;
import java.util.concurrent.*;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Values of every kind that compares by equals, with the class as which they must arrive. */
final class Samples {
    private Samples() {}

    enum Color {
        RED,
        GREEN {
            @Override
            int value() {
                return 2;
            }
        };

        int value() {
            return 1;
        }
    }

    enum Nothing {}

    record Point(int x, double y) {}

    record Everything(
            boolean a,
            byte b,
            short c,
            char d,
            int e,
            long f,
            float g,
            double h,
            String i,
            Object j,
            int[] k,
            Point l) {
        @Override
        public boolean equals(Object o) {
            return o instanceof Everything other && toString().equals(other.toString()) && Arrays.equals(k, other.k);
        }

        @Override
        public int hashCode() {
            return e;
        }

        @Override
        public String toString() {
            return "" + a + b + c + (int) d + e + f + g + h + i + j + l;
        }
    }

    record Box<T extends Comparable<T>>(T value, List<? extends T> more) {}

    private record Hidden(String secret) {}

    record Empty() {}

    /** Sent as itself. */
    static List<Object> values() throws Exception {
        List<Object> values = new ArrayList<>(plain());
        values.addAll(times());
        values.addAll(small());
        values.addAll(collections());
        values.addAll(maps());
        return values;
    }

    private static List<Object> plain() throws Exception {
        return List.of(
                true,
                (byte) -1,
                (short) -300,
                'x',
                '\ud800',
                7,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                1.5f,
                Float.NaN,
                -0.0,
                "",
                "text",
                "t\u00e4xt",
                "\u20ac and \ud83d\ude00",
                "\ud800 unpaired \udc00",
                "x".repeat(100_000),
                new BigInteger("-123456789012345678901234567890"),
                new BigDecimal("1.2300"),
                new BigDecimal("1E+2000000000"),
                UUID.fromString("00000000-0000-0001-0000-000000000002"),
                URI.create("http://a/b?c=d#e"),
                new URL("file:/x/y"),
                Path.of("/a/b"),
                Path.of("rel"),
                new File("a/b"),
                Locale.GERMANY,
                Locale.ROOT,
                new Locale("no", "NO", "NY"),
                Locale.forLanguageTag("zh-Hant-TW-u-ca-chinese"),
                Currency.getInstance("EUR"),
                StandardCharsets.UTF_8,
                StandardCharsets.ISO_8859_1);
    }

    private static List<Object> times() {
        return List.of(
                Duration.ofSeconds(-1, 5),
                Instant.MAX,
                Instant.MIN,
                LocalDate.MAX,
                LocalDate.MIN,
                LocalTime.MAX,
                LocalDateTime.MIN,
                OffsetTime.of(1, 2, 3, 4, ZoneOffset.ofHours(-3)),
                OffsetDateTime.MAX,
                ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, ZoneId.of("Europe/Berlin"))
                        .withLaterOffsetAtOverlap(),
                ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 1, ZoneOffset.UTC),
                Year.of(-5),
                YearMonth.of(2000, 2),
                MonthDay.of(2, 29),
                Period.of(-1, 2, 3),
                ZoneOffset.MAX,
                ZoneId.of("Asia/Tokyo"),
                DayOfWeek.FRIDAY,
                JapaneseDate.of(2020, 1, 1),
                Clock.systemUTC(),
                TimeZone.getTimeZone("Europe/Paris"),
                new GregorianCalendar(2020, Calendar.MARCH, 4),
                new Date(12345),
                new java.sql.Timestamp(99));
    }

    private static List<Object> small() throws Exception {
        return List.of(
                Optional.empty(),
                Optional.of("x"),
                OptionalInt.empty(),
                OptionalInt.of(3),
                OptionalLong.of(-1),
                OptionalLong.empty(),
                OptionalDouble.of(Double.NaN),
                OptionalDouble.empty(),
                BitSet.valueOf(new long[] {5, 0, 1}),
                new BitSet(),
                InetAddress.getByName("127.0.0.1"),
                String.class,
                int.class,
                int[][].class,
                Color.GREEN.getClass(),
                List.class,
                Map.Entry.class,
                Thread.class,
                Color.RED,
                Color.GREEN,
                TimeUnit.DAYS,
                Thread.State.BLOCKED,
                Comparator.naturalOrder(),
                Comparator.reverseOrder(),
                String.CASE_INSENSITIVE_ORDER,
                new Point(1, -2),
                new Hidden(null),
                new Empty(),
                new Box<>("a", Arrays.asList("b", null)),
                new Box<>(null, null),
                new Everything(
                        true,
                        (byte) 1,
                        (short) 2,
                        '\uffff',
                        4,
                        5,
                        6,
                        7,
                        "i",
                        List.of(1),
                        new int[] {1},
                        new Point(1, 1)),
                new Everything(false, (byte) 0, (short) 0, (char) 0, -1, -1, -1, -1, null, null, null, null));
    }

    private static List<Object> collections() {
        List<Object> holed = Arrays.asList("a", null, 3, List.of());
        return List.of(
                new ArrayList<>(holed),
                new LinkedList<>(holed),
                new Vector<>(holed),
                stack(),
                Arrays.asList(1, null),
                new CopyOnWriteArrayList<>(holed),
                List.of(),
                List.of(1),
                List.of(1, 2),
                List.of(1, 2, 3),
                Set.of(),
                Set.of(1),
                Set.of(1, 2, 3),
                Collections.emptyList(),
                Collections.emptySet(),
                Collections.singletonList(null),
                Collections.singleton(1),
                Collections.nCopies(1_000_000_000, "x"),
                Collections.nCopies(0, "x"),
                new HashSet<>(holed),
                new LinkedHashSet<>(holed),
                new TreeSet<>(Set.of(2, 1)),
                new ConcurrentSkipListSet<>(Set.of("b", "a")),
                new CopyOnWriteArraySet<>(holed),
                EnumSet.of(Color.GREEN),
                EnumSet.noneOf(Color.class),
                EnumSet.noneOf(Nothing.class),
                EnumSet.allOf(TimeUnit.class),
                Collections.checkedSet(new TreeSet<>(Set.of("x")), String.class),
                Collections.checkedList(new ArrayList<>(List.of("x")), CharSequence.class),
                Collections.unmodifiableList(new ArrayList<>(holed)),
                Collections.unmodifiableSet(new LinkedHashSet<>(holed)),
                Collections.unmodifiableSortedSet(new TreeSet<>(Set.of(1, 2))),
                Collections.unmodifiableNavigableSet(new TreeSet<>(Set.of(1, 2))),
                Collections.synchronizedList(new ArrayList<>(holed)),
                Collections.synchronizedSet(new HashSet<>(holed)),
                Collections.synchronizedSortedSet(new TreeSet<>(Set.of(1))),
                Collections.synchronizedNavigableSet(new TreeSet<>(Set.of(1))));
    }

    private static List<Object> maps() {
        Map<Object, Object> holed = new LinkedHashMap<>();
        holed.put("z", null);
        holed.put(null, 1);
        holed.put("list", List.of(1));
        Map<Object, Object> firm = new HashMap<>(Map.of("a", 1, "b", 2));
        EnumMap<Color, Object> byColor = new EnumMap<>(Color.class);
        byColor.put(Color.GREEN, "g");
        Properties properties = new Properties();
        properties.put("k", "v");
        return List.of(
                new HashMap<>(holed),
                new LinkedHashMap<>(holed),
                new TreeMap<>(firm),
                new Hashtable<>(firm),
                new ConcurrentHashMap<>(firm),
                new ConcurrentSkipListMap<>(firm),
                new WeakHashMap<>(firm),
                properties,
                byColor,
                new EnumMap<>(Color.class),
                Map.of(),
                Map.of(1, 2),
                Map.of(1, 2, 3, 4),
                Map.entry(1, 2),
                new AbstractMap.SimpleEntry<>(null, 1),
                new AbstractMap.SimpleImmutableEntry<>(1, null),
                Collections.emptyMap(),
                Collections.singletonMap(null, 1),
                Collections.unmodifiableMap(holed),
                Collections.unmodifiableSortedMap(new TreeMap<>(firm)),
                Collections.unmodifiableNavigableMap(new TreeMap<>(firm)),
                Collections.synchronizedMap(new HashMap<>(holed)),
                Collections.synchronizedSortedMap(new TreeMap<>(firm)),
                Collections.synchronizedNavigableMap(new TreeMap<>(firm)),
                Collections.checkedMap(new HashMap<>(Map.of("a", 1)), String.class, Integer.class),
                Collections.checkedNavigableMap(new TreeMap<>(Map.of("a", 1)), String.class, Integer.class),
                Collections.newSetFromMap(new ConcurrentHashMap<>(Map.of())),
                new TreeMap<>(Map.of("a", new TreeMap<>(firm))));
    }

    /** Sent as something else, which is equal all the same; the second of each pair is an example of the class. */
    static Map<Object, Class<?>> views() {
        Map<Object, Class<?>> views = new IdentityHashMap<>();
        List<Object> list = new ArrayList<>(Arrays.asList(1, 2, null, 4));
        TreeMap<Object, Object> tree = new TreeMap<>(Map.of("a", 1, "b", 2, "c", 3));
        Map<Object, Object> hash = new HashMap<>(tree);
        views.put(list.subList(1, 3), ArrayList.class);
        views.put(new LinkedList<>(list).subList(1, 3), ArrayList.class);
        views.put(List.of(1, 2, 3).subList(0, 2), List.of(1, 2).getClass());
        views.put(hash.keySet(), LinkedHashSet.class);
        views.put(hash.entrySet(), LinkedHashSet.class);
        views.put(tree.keySet(), TreeSet.class);
        views.put(tree.navigableKeySet(), TreeSet.class);
        views.put(tree.headMap("c"), TreeMap.class);
        views.put(tree.descendingMap(), TreeMap.class);
        views.put(new TreeSet<>(tree.keySet()).descendingSet(), TreeSet.class);
        views.put(hash.entrySet().iterator().next(), AbstractMap.SimpleEntry.class);
        views.put(tree.firstEntry(), AbstractMap.SimpleImmutableEntry.class);
        views.put(Stream.of(1, 2, 3).toList(), List.of(1, 2, 3).getClass());
        views.put(Stream.of(1, null).toList(), Stream.of(1, null).toList().getClass());
        views.put(
                Collections.unmodifiableList(new LinkedList<>(list)),
                Collections.unmodifiableList(new ArrayList<>()).getClass());
        views.put(
                Collections.emptySortedSet(),
                Collections.unmodifiableNavigableSet(new TreeSet<>()).getClass());
        views.put(
                Collections.unmodifiableMap(hash).keySet(),
                Collections.unmodifiableSet(new HashSet<>()).getClass());
        return views;
    }

    private static Stack<Object> stack() {
        Stack<Object> stack = new Stack<>();
        stack.push(1);
        stack.push(2);
        return stack;
    }

    /** A comparator that can be sent. */
    interface SentComparator<T> extends Comparator<T>, Serializable {}

    static Pattern pattern() {
        return Pattern.compile("a+", Pattern.CASE_INSENSITIVE);
    }
}
