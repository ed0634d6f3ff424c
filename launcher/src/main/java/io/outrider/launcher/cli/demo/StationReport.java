package io.outrider.launcher.cli.demo;

import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a station answered, or what follows from the answers of several. Immutable.
 *
 * @param pid of the process that computed it
 * @param readings how many there are
 * @param mean of all readings, in degrees Celsius as all that follow
 * @param minimum the lowest
 * @param maximum the highest
 * @param dayMean the highest mean of 24 readings in a row
 * @param months the mean of each month, by its number
 */
record StationReport(
        long pid,
        int readings,
        double mean,
        double minimum,
        double maximum,
        double dayMean,
        NavigableMap<Integer, Double> months) {

    /** Asks a station, wherever it lives: one call for each value. */
    static StationReport ask(final WeatherStation station, final int firstMonth, final int lastMonth) {
        final NavigableMap<Integer, Double> months = new TreeMap<>();
        IntStream.rangeClosed(firstMonth, lastMonth)
                .forEach(month -> months.put(month, station.meanTemperature(month)));
        return new StationReport(
                station.pid(),
                station.readings(),
                station.meanTemperature(),
                station.minimumTemperature(),
                station.maximumTemperature(),
                station.maximumDayMean(),
                months);
    }

    /** The report of a year from those of its parts, in the process with a given pid. */
    static StationReport combine(final long pid, final List<StationReport> parts) {
        final int readings = parts.stream().mapToInt(StationReport::readings).sum();
        final double sum =
                parts.stream().mapToDouble(part -> part.mean * part.readings).sum();
        final NavigableMap<Integer, Double> months = new TreeMap<>();
        parts.stream().map(StationReport::months).forEach(months::putAll);
        return new StationReport(
                pid,
                readings,
                sum / readings,
                least(parts.stream().map(StationReport::minimum).toList()),
                greatest(parts.stream().map(StationReport::maximum).toList()),
                greatest(parts.stream().map(StationReport::dayMean).toList()),
                months);
    }

    private static double least(final Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    private static double greatest(final Collection<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }
}
