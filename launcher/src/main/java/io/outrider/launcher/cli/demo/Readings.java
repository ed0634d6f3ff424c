package io.outrider.launcher.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A year of hourly readings, in order. */
final class Readings {
    private static final String SEATTLE = "seattle-weather-hourly-normals.csv";
    private static final String HEADER = "date,pressure,temperature,wind";
    private static final int DATE = 0;

    private final int[] months;
    private final Map<Column, double[]> columns;

    /**
     * @param months of the readings, 1 to 12, ascending
     * @param temperatures of the readings in degrees Celsius, as many
     */
    Readings(final int[] months, final double[] temperatures) {
        this(months, Map.of(Column.TEMPERATURE, temperatures.clone()));
    }

    private Readings(final int[] months, final Map<Column, double[]> columns) {
        this.months = months.clone();
        this.columns = columns;
    }

    /** Reads those that the jar carries. */
    static Readings ofSeattle() {
        try (InputStream bytes = Readings.class.getResourceAsStream(SEATTLE)) {
            if (bytes == null) {
                throw new IllegalStateException("the jar of the demonstration does not carry " + SEATTLE);
            }
            return parse(new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8)));
        } catch (final IOException e) {
            throw new UncheckedIOException(SEATTLE + " can't be read", e);
        }
    }

    private static Readings parse(final BufferedReader csv) throws IOException {
        final String header = csv.readLine();
        if (!HEADER.equals(header)) {
            throw new IllegalStateException(SEATTLE + " must begin with " + HEADER + ", but begins with " + header);
        }
        final List<String[]> rows = new ArrayList<>();
        for (String line = csv.readLine(); line != null; line = csv.readLine()) {
            rows.add(line.split(",", -1));
        }
        final Map<Column, double[]> columns = new EnumMap<>(Column.class);
        for (final Column column : Column.values()) {
            columns.put(
                    column,
                    rows.stream()
                            .mapToDouble(row -> Double.parseDouble(row[column.field()]))
                            .toArray());
        }
        return new Readings(
                rows.stream()
                        .mapToInt(row -> LocalDateTime.parse(row[DATE]).getMonthValue())
                        .toArray(),
                columns);
    }

    int count() {
        return months.length;
    }

    int month(final int index) {
        return months[index];
    }

    double temperature(final int index) {
        return value(Column.TEMPERATURE, index);
    }

    double value(final Column column, final int index) {
        return Objects.requireNonNull(columns.get(column), column.label())[index];
    }

    /** The index of the first reading of a month or a later one. */
    int firstOf(final int month) {
        int index = 0;
        while (index < months.length && months[index] < month) {
            index++;
        }
        return index;
    }
}
