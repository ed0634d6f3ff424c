package io.outrider.launcher.cli.demo;

import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedOptions;
import io.outrider.api.feed.FeedWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.agrona.MutableDirectBuffer;

/** The year's readings as a feed: written once here, and read in place by three workers, each for the mean of another column. */
final class FeedDemo {
    private static final int FRAMES = 256;
    private static final double EXACT = 1e-9;
    private static final double SIX_DECIMALS = 5.1e-7;

    private final Readings readings;
    private final Checks checks;

    FeedDemo(final Readings readings, final Checks checks) {
        this.readings = readings;
        this.checks = checks;
    }

    /**
     * Writes the feed and checks what its readers say.
     *
     * @param transport for messages
     * @param workers that it may use; is given a third
     * @return what each read
     */
    Map<Column, ColumnMean.Report> run(final String transport, final RemoteExecutor workers) {
        final List<RemoteObject<ColumnMean>> readers = new ArrayList<>();
        final Map<Column, CompletableFuture<ColumnMean.Report>> reports = new EnumMap<>(Column.class);
        final int third = workers.addWorker();
        final FeedOptions options = FeedOptions.DEFAULT
                .frameBytes(Column.values().length * Double.BYTES)
                .frames(FRAMES);
        try (Feed feed = workers.feed("readings of the year", options)) {
            for (final Column column : Column.values()) {
                final int worker = column == Column.WIND ? third : readers.size();
                final RemoteObject<ColumnMean> reader = workers.create(
                        ColumnMean.class,
                        () -> new ColumnMean.Subscriber(feed, column),
                        ObjectOptions.DEFAULT.on(worker));
                readers.add(reader);
                reports.put(column, reader.async(ColumnMean::read));
            }
            write(feed);
            final Map<Column, ColumnMean.Report> found = new EnumMap<>(Column.class);
            reports.forEach((column, report) -> found.put(column, report.join()));
            check(transport, found);
            readers.forEach(RemoteObject::close);
            return found;
        }
    }

    private void write(final Feed feed) {
        try (FeedWriter writer = feed.writer()) {
            for (int index = 0; index < readings.count(); index++) {
                final MutableDirectBuffer frame = writer.claim(Column.values().length * Double.BYTES);
                for (final Column column : Column.values()) {
                    frame.putDouble(column.offset(), readings.value(column, index));
                }
                writer.commit();
            }
        }
    }

    private void check(final String transport, final Map<Column, ColumnMean.Report> found) {
        found.forEach((column, report) -> {
            final String what = "on " + transport + ", the feed's mean " + column.label() + " is " + report.mean();
            checks.that(
                    report.frames() == readings.count() && report.lost() == 0,
                    "on " + transport + ", of the " + readings.count() + " frames of the feed " + report.frames()
                            + " came to the reader of the " + column.label() + " and " + report.lost() + " were lost");
            checks.that(
                    Math.abs(report.mean() - mean(column)) <= EXACT, what + ", but " + mean(column) + " computed here");
            checks.that(
                    Math.abs(report.mean() - column.knownMean()) <= SIX_DECIMALS,
                    what + ", but " + column.knownMean() + " is known");
        });
        checks.that(
                found.values().stream().map(ColumnMean.Report::pid).distinct().count() == found.size(),
                "on " + transport + ", the feed was not read by three processes");
    }

    private double mean(final Column column) {
        double sum = 0;
        for (int index = 0; index < readings.count(); index++) {
            sum += readings.value(column, index);
        }
        return sum / readings.count();
    }
}
