package io.outrider.launcher.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of a year give the same as the whole, wherever it is cut. */
class SeattleStationTest {
    private static final int PER_MONTH = 30;

    @Test
    void theReadingsGiveWhatIsKnown() {
        StationReport year = StationReport.ask(new SeattleStation(1, 12), 1, 12);
        Checks checks = new Checks();
        checks.equal("this process", year, KnownValues.SEATTLE);
        assertEquals(List.of(), checks.differences());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6, 11})
    void twoPartsGiveTheSameAsTheWhole(int lastOfFirst) {
        Readings year = Readings.ofSeattle();
        Checks checks = new Checks();
        checks.equal("this process", inTwoParts(year, lastOfFirst), whole(year));
        assertEquals(List.of(), checks.differences());
    }

    @ParameterizedTest
    @ValueSource(ints = {-24, -23, -12, -1, 0})
    void theWarmestDayMaySpanTheCut(int beginsAfterCut) {
        int cut = 6 * PER_MONTH;
        int begin = cut + beginsAfterCut;
        double[] temperatures = new double[12 * PER_MONTH];
        IntStream.range(begin, begin + 24).forEach(index -> temperatures[index] = 10 + index % 5);
        Readings year = new Readings(
                IntStream.range(0, temperatures.length)
                        .map(index -> 1 + index / PER_MONTH)
                        .toArray(),
                temperatures);
        double warmest = IntStream.range(begin, begin + 24)
                .mapToDouble(index -> temperatures[index])
                .average()
                .orElseThrow();
        assertEquals(warmest, whole(year).dayMean(), 1e-12);
        assertEquals(warmest, inTwoParts(year, 6).dayMean(), 1e-12);
    }

    private static StationReport whole(Readings year) {
        return StationReport.ask(new SeattleStation(year, 1, 12), 1, 12);
    }

    private static StationReport inTwoParts(Readings year, int lastOfFirst) {
        return StationReport.combine(
                0,
                List.of(
                        StationReport.ask(new SeattleStation(year, 1, lastOfFirst), 1, lastOfFirst),
                        StationReport.ask(new SeattleStation(year, lastOfFirst + 1, 12), lastOfFirst + 1, 12)));
    }
}
