package io.outrider.launcher.calls;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Gives everything back, so that it crosses twice. */
interface Values {
    boolean echo(boolean value);

    byte echo(byte value);

    short echo(short value);

    char echo(char value);

    int echo(int value);

    long echo(long value);

    float echo(float value);

    double echo(double value);

    Boolean boxed(Boolean value);

    Integer boxed(Integer value);

    Long boxed(Long value);

    Double boxed(Double value);

    Character boxed(Character value);

    String echo(String value);

    boolean[] echo(boolean[] value);

    byte[] echo(byte[] value);

    short[] echo(short[] value);

    char[] echo(char[] value);

    int[] echo(int[] value);

    long[] echo(long[] value);

    float[] echo(float[] value);

    double[] echo(double[] value);

    int[][] echo(int[][] value);

    String[] echo(String[] value);

    Object[] echo(Object[] value);

    DayOfWeek echo(DayOfWeek value);

    Shade echo(Shade value);

    Reading echo(Reading value);

    Instant echo(Instant value);

    LocalDate echo(LocalDate value);

    ZonedDateTime echo(ZonedDateTime value);

    Duration echo(Duration value);

    BigDecimal echo(BigDecimal value);

    BigInteger echo(BigInteger value);

    UUID echo(UUID value);

    URI echo(URI value);

    Optional<String> echo(Optional<String> value);

    <T> List<T> echo(List<T> value);

    <K, V> Map<K, V> echo(Map<K, V> value);

    <T> Set<T> echo(Set<T> value);

    Object any(Object value);

    Node echo(Node value);

    void nothing();

    String describe(String format, Object... arguments);

    int sum(int... numbers);

    long many(byte a, long b, float c, double d, boolean e, String f, long[] g);

    /** An enum whose constants have bodies, hence classes of their own. */
    enum Shade {
        LIGHT {
            @Override
            int depth() {
                return 1;
            }
        },
        DARK {
            @Override
            int depth() {
                return 9;
            }
        };

        abstract int depth();
    }

    /** A record that holds others. */
    record Reading(String station, double celsius, List<Instant> times, Reading next) {}

    /** Refers to itself, and to others that do. */
    final class Node implements Serializable {
        private static final long serialVersionUID = 1L;

        final String name;
        Node next;
        Node same;

        Node(String name) {
            this.name = name;
        }
    }

    /** The one implementation. */
    class Echo implements Values {
        @Override
        public boolean echo(boolean value) {
            return value;
        }

        @Override
        public byte echo(byte value) {
            return value;
        }

        @Override
        public short echo(short value) {
            return value;
        }

        @Override
        public char echo(char value) {
            return value;
        }

        @Override
        public int echo(int value) {
            return value;
        }

        @Override
        public long echo(long value) {
            return value;
        }

        @Override
        public float echo(float value) {
            return value;
        }

        @Override
        public double echo(double value) {
            return value;
        }

        @Override
        public Boolean boxed(Boolean value) {
            return value;
        }

        @Override
        public Integer boxed(Integer value) {
            return value;
        }

        @Override
        public Long boxed(Long value) {
            return value;
        }

        @Override
        public Double boxed(Double value) {
            return value;
        }

        @Override
        public Character boxed(Character value) {
            return value;
        }

        @Override
        public String echo(String value) {
            return value;
        }

        @Override
        public boolean[] echo(boolean[] value) {
            return value;
        }

        @Override
        public byte[] echo(byte[] value) {
            return value;
        }

        @Override
        public short[] echo(short[] value) {
            return value;
        }

        @Override
        public char[] echo(char[] value) {
            return value;
        }

        @Override
        public int[] echo(int[] value) {
            return value;
        }

        @Override
        public long[] echo(long[] value) {
            return value;
        }

        @Override
        public float[] echo(float[] value) {
            return value;
        }

        @Override
        public double[] echo(double[] value) {
            return value;
        }

        @Override
        public int[][] echo(int[][] value) {
            return value;
        }

        @Override
        public String[] echo(String[] value) {
            return value;
        }

        @Override
        public Object[] echo(Object[] value) {
            return value;
        }

        @Override
        public DayOfWeek echo(DayOfWeek value) {
            return value;
        }

        @Override
        public Shade echo(Shade value) {
            return value;
        }

        @Override
        public Reading echo(Reading value) {
            return value;
        }

        @Override
        public Instant echo(Instant value) {
            return value;
        }

        @Override
        public LocalDate echo(LocalDate value) {
            return value;
        }

        @Override
        public ZonedDateTime echo(ZonedDateTime value) {
            return value;
        }

        @Override
        public Duration echo(Duration value) {
            return value;
        }

        @Override
        public BigDecimal echo(BigDecimal value) {
            return value;
        }

        @Override
        public BigInteger echo(BigInteger value) {
            return value;
        }

        @Override
        public UUID echo(UUID value) {
            return value;
        }

        @Override
        public URI echo(URI value) {
            return value;
        }

        @Override
        public Optional<String> echo(Optional<String> value) {
            return value;
        }

        @Override
        public <T> List<T> echo(List<T> value) {
            return value;
        }

        @Override
        public <K, V> Map<K, V> echo(Map<K, V> value) {
            return value;
        }

        @Override
        public <T> Set<T> echo(Set<T> value) {
            return value;
        }

        @Override
        public Object any(Object value) {
            return value;
        }

        @Override
        public Node echo(Node value) {
            return value;
        }

        @Override
        public void nothing() {}

        @Override
        public String describe(String format, Object... arguments) {
            return String.format(format, arguments);
        }

        @Override
        public int sum(int... numbers) {
            return Arrays.stream(numbers).sum();
        }

        @Override
        public long many(byte a, long b, float c, double d, boolean e, String f, long[] g) {
            return (long) (a + b + c + d + (e ? 1 : 0) + f.length() + g[0]);
        }
    }
}
