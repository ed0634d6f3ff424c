package io.outrider.perf.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.perf.page.HtmlReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What reports say of single figures, of bounds, and of what is missing. */
@Timeout(30)
class ReportsTest {
    private static final ScalarResult RATE =
            ScalarResult.of("outrider.ring.pipelined.64", "ops/s", List.of(3e6, 5e6, 4.5e6));

    @Test
    void aSingleFigureIsTheMedianWithItsSpread() {
        assertEquals(4.5e6, RATE.value());
        assertEquals(2e6, RATE.spread());
        String json = JsonReport.of(Reports.of("throughput", RATE));
        assertTrue(
                json.contains("{\"name\": \"outrider.ring.pipelined.64\", \"unit\": \"ops/s\", "
                        + "\"value\": 4500000, \"spread\": 2000000}"),
                json);
        assertTrue(json.contains("\"failed\": []"), json);
        assertTrue(json.contains("\"shortened\": false"), json);
    }

    @Test
    void eachSingleFigureHasABar() {
        String page = HtmlReport.of(
                Reports.of("throughput", RATE, ScalarResult.of("agrona.ring.twoway", "ops/s", List.of(9e6))));
        assertEquals(
                2, Pattern.compile("<rect class=\"bar").matcher(page).results().count(), page);
        assertEquals(1, Pattern.compile("<svg").matcher(page).results().count(), page);
    }

    @Test
    void boundsAreComparedWithinTheRun() {
        Report report = Reports.of(
                "call --quick",
                Reports.latency("agrona.ring.echo", 500, 160, 500),
                Reports.latency("outrider.ring.call.primitive", 240, 240, 550));
        Bounds.Line p50 = Bounds.of(report).get(0);
        assertEquals("outrider.ring.call.primitive p50 / agrona.ring.echo", p50.what());
        assertEquals("0.48, fastest 1.50", p50.is());
        assertEquals("<= 1.20", p50.mustBe());
        assertTrue(p50.holds());
        assertEquals(2, Bounds.of(report).size(), "and p99, but nothing of which a side is missing");
    }

    @Test
    void aBoundThatIsMissedIsSaidSo() {
        Bounds.Line missed = Bounds.of(Reports.of(
                        "throughput", ScalarResult.of("agrona.ring.twoway", "ops/s", List.of(30e6)), rate(3.9e6)))
                .get(0);
        assertFalse(missed.holds());
        Bounds.Line enough = Bounds.of(Reports.of(
                        "throughput", ScalarResult.of("agrona.ring.twoway", "ops/s", List.of(30e6)), rate(4.1e6)))
                .get(0);
        assertTrue(enough.holds(), "four millions are enough");
        Bounds.Line share = Bounds.of(Reports.of(
                        "throughput", ScalarResult.of("agrona.ring.twoway", "ops/s", List.of(10e6)), rate(2.6e6)))
                .get(0);
        assertTrue(share.holds(), "so is a quarter of the raw rings");
    }

    @Test
    void whatFailedAndWhatWasCutShortIsNamed() {
        Report report = Reports.partial("throughput", "outrider.queue.pipelined.64", RATE);
        String json = JsonReport.of(report);
        assertTrue(json.contains("\"failed\": [\"outrider.queue.pipelined.64\"]"), json);
        assertTrue(json.contains("\"shortened\": true"), json);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        TextReport.print(report, new PrintStream(text, true, StandardCharsets.UTF_8));
        for (String said : List.of(text.toString(StandardCharsets.UTF_8), HtmlReport.of(report))) {
            assertTrue(said.contains("outrider.queue.pipelined.64"), said);
            assertTrue(said.contains("shorter than a quick run"), said);
        }
    }

    private static ScalarResult rate(double perSecond) {
        return ScalarResult.of("outrider.ring.pipelined.64", "ops/s", List.of(perSecond));
    }
}
