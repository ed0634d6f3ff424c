package io.outrider.perf.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Options that can't be met are refused with their value and their limit, before anything is run. */
@Timeout(30)
class OptionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rounds=0|--rounds is 0: it must be 1 or more",
                "--rounds=-2|--rounds is -2: it must be 1 or more",
                "--calls=-1|--calls is -1: it must be 1 or more",
                "--calls=0|--calls is 0: it must be 1 or more",
                "--warm-up=PT0S|--warm-up is PT0S: it must be more than no time",
                "--measured=PT-1S|--measured is PT-1S: it must be more than no time"
            })
    void ofCalls(String option, String said) {
        assertRefused(new CallCommand(), said, option);
    }

    @ParameterizedTest
    @CsvSource({"--warm-up=PT1S", "--measured=PT1S", "--calls=5"})
    void timesOfProbes(String option) {
        assertRefused(new ThroughputCommand(), "probes choose their own times", option);
    }

    @ParameterizedTest
    @CsvSource({"0", "1000000001", "3000000000"})
    void rates(String rate) {
        assertRefused(new LoadCommand(), "--rate is " + rate + ": it must be from 1 to 1000000000", "--rate=" + rate);
    }

    private static void assertRefused(Callable<Integer> command, String said, String... options) {
        StringWriter error = new StringWriter();
        CommandLine line = new CommandLine(command).setErr(new PrintWriter(error));
        assertEquals(CommandLine.ExitCode.USAGE, line.execute(options));
        assertTrue(error.toString().contains(said), error.toString());
    }
}
