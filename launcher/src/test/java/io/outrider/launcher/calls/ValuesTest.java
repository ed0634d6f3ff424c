package io.outrider.launcher.calls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.outrider.api.RemoteObject;
import io.outrider.launcher.support.OnBothTransports;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/** Values of every kind cross as arguments and as results, whole. */
@Timeout(60)
class ValuesTest extends OnBothTransports {
    private RemoteObject<Values> object;
    private Values values;

    @BeforeParameterizedClassInvocation
    void make() {
        object = workers().create(Values.class, Values.Echo::new);
        values = object.stub();
    }

    @AfterParameterizedClassInvocation
    void letGo() {
        object.close();
    }

    @Test
    void primitives() {
        assertEquals(true, values.echo(true));
        assertEquals(false, values.echo(false));
        for (byte value : new byte[] {Byte.MIN_VALUE, -1, 0, 1, Byte.MAX_VALUE}) {
            assertEquals(value, values.echo(value));
        }
        for (short value : new short[] {Short.MIN_VALUE, -1, 0, 1, Short.MAX_VALUE}) {
            assertEquals(value, values.echo(value));
        }
        for (char value : new char[] {0, 'x', '\ud800', Character.MAX_VALUE}) {
            assertEquals(value, values.echo(value));
        }
        for (int value : new int[] {Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE}) {
            assertEquals(value, values.echo(value));
        }
        for (long value : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
            assertEquals(value, values.echo(value));
        }
        for (float value : new float[] {-0f, Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY, 1.5f}) {
            assertEquals(Float.floatToRawIntBits(value), Float.floatToRawIntBits(values.echo(value)));
        }
        for (double value : new double[] {-0d, Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY, Math.PI}) {
            assertEquals(Double.doubleToRawLongBits(value), Double.doubleToRawLongBits(values.echo(value)));
        }
        values.nothing();
        long expected = 1 + 2 + 3 + 4 + 1 + 4 + 10;
        assertEquals(expected, values.many((byte) 1, 2, 3f, 4d, true, "nine", new long[] {10}));
    }

    @Test
    void boxes() {
        assertEquals(Boolean.TRUE, values.boxed(Boolean.TRUE));
        assertEquals(Integer.valueOf(-7), values.boxed(Integer.valueOf(-7)));
        assertEquals(Long.valueOf(1L << 40), values.boxed(Long.valueOf(1L << 40)));
        assertEquals(Double.valueOf(2.5), values.boxed(Double.valueOf(2.5)));
        assertEquals(Character.valueOf('q'), values.boxed(Character.valueOf('q')));
        assertNull(values.boxed((Integer) null));
        for (Object each : new Object[] {(byte) 1, (short) 2, 3, 4L, 5f, 6d, 'g', true, "text"}) {
            assertEquals(each, values.any(each));
        }
    }

    @Test
    void strings() {
        for (String each : new String[] {
            "", "x", "Grüße", "\u0000", "日本語", "\ud83d\ude80", "\ud800 alone", "x".repeat(100_000), "é".repeat(70_000)
        }) {
            assertEquals(each, values.echo(each));
        }
        assertNull(values.echo((String) null));
    }

    @Test
    void arrays() {
        assertArrayEquals(new boolean[] {true, false}, values.echo(new boolean[] {true, false}));
        assertArrayEquals(new byte[] {-1, 0, 127}, values.echo(new byte[] {-1, 0, 127}));
        assertArrayEquals(new short[] {-1, 300}, values.echo(new short[] {-1, 300}));
        assertArrayEquals(new char[] {'a', '\uffff'}, values.echo(new char[] {'a', '\uffff'}));
        assertArrayEquals(new int[] {Integer.MIN_VALUE, 5}, values.echo(new int[] {Integer.MIN_VALUE, 5}));
        assertArrayEquals(new long[] {Long.MAX_VALUE}, values.echo(new long[] {Long.MAX_VALUE}));
        assertArrayEquals(new float[] {1.5f}, values.echo(new float[] {1.5f}));
        assertArrayEquals(new double[] {-2.5, 0}, values.echo(new double[] {-2.5, 0}));
        assertArrayEquals(new double[0], values.echo(new double[0]));
        assertNull(values.echo((double[]) null));
        assertNull(values.echo((byte[]) null));
        assertArrayEquals(new int[][] {{1}, {}, null}, values.echo(new int[][] {{1}, {}, null}));
        assertArrayEquals(new String[] {"a", null}, values.echo(new String[] {"a", null}));
        assertArrayEquals(new Object[] {1, "b", null}, values.echo(new Object[] {1, "b", null}));
    }

    @Test
    void enumsAndRecords() {
        assertSame(DayOfWeek.FRIDAY, values.echo(DayOfWeek.FRIDAY));
        assertSame(Values.Shade.DARK, values.echo(Values.Shade.DARK));
        assertNull(values.echo((Values.Shade) null));
        Values.Reading inner = new Values.Reading("Boeing Field", 3.1, List.of(), null);
        Values.Reading reading = new Values.Reading("Sea-Tac", 24.4, List.of(Instant.EPOCH), inner);
        assertEquals(reading, values.echo(reading));
        assertEquals(
                new EnumMap<>(Map.of(Values.Shade.DARK, 2)), values.any(new EnumMap<>(Map.of(Values.Shade.DARK, 2))));
    }

    @Test
    void valuesOfTheJdk() {
        Instant instant = Instant.parse("2024-02-29T12:34:56.789012345Z");
        assertEquals(instant, values.echo(instant));
        assertEquals(LocalDate.MAX, values.echo(LocalDate.MAX));
        ZonedDateTime zoned = instant.atZone(ZoneId.of("America/Los_Angeles"));
        assertEquals(zoned, values.echo(zoned));
        assertEquals(Duration.ofNanos(-5), values.echo(Duration.ofNanos(-5)));
        assertEquals(new BigDecimal("1.200"), values.echo(new BigDecimal("1.200")));
        assertEquals(BigInteger.ONE.shiftLeft(300), values.echo(BigInteger.ONE.shiftLeft(300)));
        UUID uuid = new UUID(1, -2);
        assertEquals(uuid, values.echo(uuid));
        assertEquals(URI.create("https://example.org/a?b#c"), values.echo(URI.create("https://example.org/a?b#c")));
        assertEquals(Optional.of("x"), values.echo(Optional.of("x")));
        assertEquals(Optional.empty(), values.echo(Optional.empty()));
    }

    @Test
    void collections() {
        List<Object> holding = new ArrayList<>(Arrays.asList(1, "b", null, 2.5, List.of(1, 2)));
        for (List<?> list : List.of(
                holding,
                List.of(),
                List.of(1, 2, 3),
                Arrays.asList("x", null),
                Collections.unmodifiableList(holding),
                holding.subList(1, 4),
                Collections.nCopies(3, "n"),
                Collections.emptyList())) {
            assertEquals(list, values.echo(list));
        }
        Map<String, Object> ordered = new LinkedHashMap<>();
        for (int i = 20; i > 0; i--) {
            ordered.put("k" + i, i);
        }
        assertEquals(
                List.copyOf(ordered.keySet()), List.copyOf(values.echo(ordered).keySet()));
        for (Map<?, ?> map : List.of(
                ordered, Map.of("a", 1), Map.of(), new TreeMap<>(ordered), Collections.unmodifiableMap(ordered))) {
            assertEquals(map, values.echo(map));
        }
        Map<Object, Object> withNulls = new HashMap<>();
        withNulls.put(null, "a");
        withNulls.put("b", null);
        assertEquals(withNulls, values.echo(withNulls));
        Set<String> set = new LinkedHashSet<>(List.of("z", "a"));
        assertEquals(List.copyOf(set), List.copyOf(values.echo(set)));
        assertEquals(Set.of(1, 2), values.echo(Set.of(1, 2)));
        assertEquals(ordered.keySet(), values.echo(new LinkedHashSet<>(ordered.keySet())));
    }

    @Test
    void graphs() {
        Values.Node first = new Values.Node("first");
        Values.Node second = new Values.Node("second");
        first.next = second;
        second.next = first;
        first.same = second;
        second.same = second;
        Values.Node back = values.echo(first);
        assertNotSame(first, back, "arguments and results are copied");
        assertEquals("first", back.name);
        assertSame(back, back.next.next);
        assertSame(back.next, back.same);
        assertSame(back.next, back.next.same);
        assertNull(values.any(null));
        assertNull(values.echo((Values.Node) null));
    }

    @Test
    void variableArguments() {
        assertEquals("1-a-null", values.describe("%s-%s-%s", 1, "a", null));
        assertEquals("none", values.describe("none"));
        assertEquals(6, values.sum(1, 2, 3));
        assertEquals(0, values.sum());
    }
}
