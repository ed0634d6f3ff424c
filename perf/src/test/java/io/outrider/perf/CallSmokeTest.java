package io.outrider.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.perf.fork.SharedDirectory;
import io.outrider.testkit.LeavesNothingBehind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A comparison of few calls: that it runs, writes what others read, and leaves nothing behind. */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
class CallSmokeTest {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final List<String> FIGURES = List.of(
            "count",
            "min",
            "p50",
            "p90",
            "p99",
            "p999",
            "p9999",
            "max",
            "spread",
            "bytesPerOpCaller",
            "bytesPerOpWorker");

    @TempDir
    private Path directory;

    @Test
    void rawPeersAreComparedAndReported() throws IOException {
        final String json = run("floor.cacheline", "agrona.ring.echo");
        assertTrue(json.contains("\"schema\": \"outrider-perf/1\""), json);
        assertTrue(json.contains("\"quick\": true"), json);
        assertTrue(json.contains("\"rounds\": 1"), json);
        for (final String member : List.of("jdk", "cpu")) {
            assertTrue(json.contains("\"" + member + "\": \""), json);
        }
        assertTrue(Pattern.compile("\"cores\": [1-9]").matcher(json).find(), json);
        assertResult(json, "floor.cacheline");
        assertResult(json, "agrona.ring.echo");
    }

    @Test
    void outriderIsAmongTheContenders() throws IOException {
        assertResult(run("outrider.ring.call.adaptive"), "outrider.ring.call.adaptive");
    }

    @Test
    void anUnknownContenderIsRefusedByName() {
        assertEquals(2, PerfMain.commandLine().execute("call", "--only", "nobody"));
    }

    private String run(final String... contenders) throws IOException {
        final Path json = directory.resolve("figures.json");
        final Path html = directory.resolve("page.html");
        final int status = PerfMain.commandLine()
                .execute(
                        "call",
                        "--quick",
                        "--rounds=1",
                        "--calls=50",
                        "--warm-up=PT0.05S",
                        "--only=" + String.join(",", contenders),
                        "--json=" + json,
                        "--html=" + html);
        assertEquals(0, status);
        assertNothingIsLeft();
        final String page = Files.readString(html);
        Arrays.stream(contenders).forEach(name -> assertTrue(page.contains(name), name));
        assertTrue(page.contains("<polyline"), "no curve was drawn");
        assertFalse(page.contains("src=") || page.contains("href="), "the page needs something else");
        return Files.readString(json);
    }

    private static void assertNothingIsLeft() throws IOException {
        assertEquals(List.of(), shared());
        assertEquals(List.of(), ProcessHandle.current().descendants().toList());
    }

    private static List<Path> shared() throws IOException {
        if (!Files.isDirectory(SHARED_MEMORY)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(SHARED_MEMORY)) {
            return files.filter(file -> file.getFileName().toString().startsWith(SharedDirectory.PREFIX))
                    .toList();
        }
    }

    /** Every figure is there, in order, and the percentiles rise. */
    private static void assertResult(final String json, final String name) {
        final String line = json.lines()
                .filter(one -> one.contains("\"name\": \"" + name + "\""))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is missing in " + json));
        assertTrue(line.contains("\"unit\": \"ns\""), line);
        final double[] values = new double[FIGURES.size()];
        int from = 0;
        for (int i = 0; i < values.length; i++) {
            final Matcher figure =
                    Pattern.compile("\"" + FIGURES.get(i) + "\": ([0-9.]+)").matcher(line);
            assertTrue(figure.find(from), FIGURES.get(i) + " is missing in " + line);
            values[i] = Double.parseDouble(figure.group(1));
            from = figure.end();
        }
        assertTrue(values[0] > 0 && values[0] <= 50, line);
        for (int i = 2; i <= FIGURES.indexOf("max"); i++) {
            assertTrue(values[i] >= values[i - 1], line);
        }
    }
}
