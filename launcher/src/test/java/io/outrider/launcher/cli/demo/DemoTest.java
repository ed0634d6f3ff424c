package io.outrider.launcher.cli.demo;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.launcher.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The demonstration as a command: what it prints, its last line and its exit status. */
@Timeout(120)
class DemoTest {
    private static final List<String> PROGRESS = Stream.of("queue", "ring")
            .flatMap(transport -> Stream.of(
                    "starting two workers on " + transport + " ...",
                    "taking streams from two workers on " + transport + " ...",
                    "feeding three workers on " + transport + " ...",
                    "timing calls on " + transport + " ..."))
            .toList();

    private record Run(int status, String out, String err) {
        String lastLine() {
            return out.lines().reduce("", (before, line) -> line);
        }
    }

    @Test
    void aGoodRunShowsTheKnownValuesAndWhoComputedThem() {
        Run run = run(KnownValues.SEATTLE, Progress::onTerminal, "--calls", "2000");
        assertAll(
                () -> assertEquals("demo: ok", run.lastLine(), () -> run.out + run.err),
                () -> assertEquals(0, run.status),
                () -> assertEquals("", run.err),
                () -> assertTrue(
                        Pattern.compile("(?m)^  readings .* 8,759$")
                                .matcher(run.out)
                                .find(),
                        run.out),
                () -> assertTrue(
                        Pattern.compile("(?m)^  mean .* 11\\.128$")
                                .matcher(run.out)
                                .find(),
                        run.out),
                () -> assertEquals(
                        2,
                        Pattern.compile("(?m)^  The year as one loan .* the strongest day comes 365 times, by ")
                                .matcher(run.out)
                                .results()
                                .count(),
                        run.out),
                () -> assertTrue(
                        Pattern.compile("Jul +18\\.268 ").matcher(run.out).find(), run.out),
                () -> assertTrue(
                        Pattern.compile("(?m)^  queue +[0-9.]+ .*\n  ring +[0-9.]+ ")
                                .matcher(run.out)
                                .find(),
                        run.out),
                () -> assertTrue(
                        Pattern.compile("The same code, first run: in line \\d+ ms, on threads \\d+ ms, "
                                        + "in processes \\d+ ms, in both \\d+ ms\\.")
                                .matcher(run.out)
                                .find(),
                        run.out),
                () -> assertTrue(
                        Pattern.compile(
                                        "(?m)^  pressure +1017\\.220790 +8,759 +0 .*\n  temperature +11\\.127617 +8,759 +0 "
                                                + ".*\n  wind +3\\.597637 +8,759 +0 ")
                                .matcher(run.out)
                                .find(),
                        run.out),
                () -> assertStreams(run),
                () -> assertFalse(
                        run.out.contains("\u001b") || run.out.contains("\r"), "progress where nobody watches"));
        Set<Long> pids = Pattern.compile("pid (\\d+)")
                .matcher(run.out)
                .results()
                .map(found -> Long.parseLong(found.group(1)))
                .collect(Collectors.toSet());
        assertEquals(6, pids.size(), "the launcher, two workers on each transport, a third that is fed: " + pids);
        pids.remove(ProcessHandle.current().pid());
        pids.forEach(pid -> assertFalse(
                ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false), "worker " + pid + " is left"));
    }

    private static void assertStreams(Run run) {
        assertTrue(
                Pattern.compile("(?m)^  highest 24-h mean .* 19\\.025$")
                        .matcher(run.out)
                        .find(),
                run.out);
        assertTrue(
                run.out.contains("  Streams of 24-hour means, a month each: 8,736 values, lowest 4.066666667, "
                        + "highest 19.025.\n"),
                run.out);
        Matcher slowly = Pattern.compile("(?m)^  Taken slowly: after 24 values the worker had computed (\\d+), "
                        + "with a window of 64\\.$")
                .matcher(run.out);
        assertTrue(slowly.find(), run.out);
        int computed = Integer.parseInt(slowly.group(1));
        assertTrue(24 <= computed && computed <= 24 + 64 + 1, run.out);
    }

    @Test
    void aWrongValueIsNamedAndFailsAndATerminalShowsHowFarItIs() {
        StringWriter terminal = new StringWriter();
        KnownValues right = KnownValues.SEATTLE;
        Run run = run(
                new KnownValues(
                        right.readings(), right.mean() + 2e-9, right.minimum(), right.maximum(), right.july(), 19),
                () -> Progress.on(new PrintWriter(terminal)),
                "--calls",
                "1");
        assertAll(
                () -> assertEquals("demo: FAILED", run.lastLine(), () -> run.out + run.err),
                () -> assertEquals(1, run.status),
                () -> assertTrue(run.out.contains("on queue, the mean is 11.1276173"), run.out),
                () -> assertTrue(run.out.contains("on ring, the highest 24-hour mean is 19.025"), run.out),
                () -> assertTrue(run.out.contains("but 19.0 is known"), run.out),
                () -> assertEquals(
                        PROGRESS,
                        Arrays.stream(terminal.toString().split("\r\u001b\\[2K"))
                                .filter(line -> PROGRESS.contains(line))
                                .toList(),
                        "each on the line of the one before"));
    }

    @Test
    void anImpossibleNumberOfCallsIsRefused() {
        Run run = run(KnownValues.SEATTLE, Progress::onTerminal, "--calls", "0");
        assertEquals(2, run.status);
        assertTrue(run.err.startsWith("--calls is 0: it must be 1 or more"), run.err);
    }

    @Test
    void whatStopsItIsToldInWords(@TempDir Path directory) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder withoutFlags = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "demo")
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        withoutFlags.environment().remove("JDK_JAVA_OPTIONS");
        Process process = withoutFlags.start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the command does not end");
        } finally {
            process.destroyForcibly();
        }
        Run run = new Run(process.exitValue(), Files.readString(out), Files.readString(err));
        assertAll(
                () -> assertEquals("demo: FAILED", run.lastLine(), () -> run.out + run.err),
                () -> assertEquals(1, run.status),
                () -> assertTrue(run.err.contains("demo: this JVM was started without"), run.err),
                () -> assertTrue(run.err.contains("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED"), run.err),
                () -> assertFalse(run.err.contains("\tat "), run.err));
    }

    private static Run run(KnownValues known, Supplier<Progress> progress, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = new CommandLine(new DemoCommand(known, progress))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Run(status, out.toString(), err.toString());
    }
}
