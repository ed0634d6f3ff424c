package io.outrider.launcher.cli.demo;

import io.outrider.api.RemoteStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Answers for the months that it was made for. For the mean of 24 hours it also knows the 23 readings before its first, so
 * that each such window belongs to exactly one station, the one that holds its last reading, wherever the year is cut.
 */
final class SeattleStation implements WeatherStation {
    private static final int DAY = 24;

    private final Readings year;
    private final int from;
    private final int to;
    private final AtomicInteger dayMeansComputed =
            new AtomicInteger(); // a generator runs beside the calls of its object

    /** Reads the year in the process in which it is made. */
    SeattleStation(final int firstMonth, final int lastMonth) {
        this(Readings.ofSeattle(), firstMonth, lastMonth);
    }

    /**
     * @param year all readings
     * @param firstMonth to answer for, 1 to 12
     * @param lastMonth to answer for, not before the first
     */
    SeattleStation(final Readings year, final int firstMonth, final int lastMonth) {
        this.year = year;
        this.from = year.firstOf(firstMonth);
        this.to = year.firstOf(lastMonth + 1);
    }

    @Override
    public long pid() {
        return ProcessHandle.current().pid();
    }

    @Override
    public int readings() {
        return to - from;
    }

    @Override
    public double temperature(final int index) {
        return year.temperature(from + index);
    }

    @Override
    public double meanTemperature() {
        return own().average().orElse(Double.NaN);
    }

    @Override
    public double meanTemperature(final int month) {
        return IntStream.range(from, to)
                .filter(index -> year.month(index) == month)
                .mapToDouble(year::temperature)
                .average()
                .orElse(Double.NaN);
    }

    @Override
    public double minimumTemperature() {
        return own().min().orElse(Double.NaN);
    }

    @Override
    public double maximumTemperature() {
        return own().max().orElse(Double.NaN);
    }

    @Override
    public double maximumDayMean() {
        return IntStream.range(Math.max(from, DAY - 1), to)
                .mapToDouble(last -> meanOf(last - DAY + 1, last + 1))
                .max()
                .orElse(Double.NaN);
    }

    @Override
    public RemoteStream.OfDouble dayMeans(final int month) {
        return RemoteStream.OfDouble.of(IntStream.range(Math.max(from, DAY - 1), to)
                .filter(last -> year.month(last) == month)
                .mapToDouble(last -> {
                    dayMeansComputed.incrementAndGet();
                    return meanOf(last - DAY + 1, last + 1);
                }));
    }

    @Override
    public int dayMeansComputed() {
        return dayMeansComputed.get();
    }

    private DoubleStream own() {
        return IntStream.range(from, to).mapToDouble(year::temperature);
    }

    private double meanOf(final int first, final int end) {
        double sum = 0;
        for (int index = first; index < end; index++) {
            sum += year.temperature(index);
        }
        return sum / (end - first);
    }
}
