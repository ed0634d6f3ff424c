package io.outrider.perf.cli;

import io.outrider.perf.jmh.EncodeBenchmark;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The parts of a call, under JMH. */
@Command(
        name = "jmh",
        mixinStandardHelpOptions = true,
        description = "Runs the JMH benchmarks of the parts: encode, claim, dispatch, Kryo beside our own encodings.")
public final class JmhCommand implements Callable<Integer> {
    private static final int FORKS = 3;
    private static final int ITERATIONS = 5;

    @Option(names = "--quick", description = "One fork, short iterations.")
    private boolean quick;

    @Parameters(arity = "0..1", paramLabel = "REGEX", description = "Which benchmarks; all by default.")
    private String pattern = ".*";

    @Override
    public Integer call() throws Exception {
        final TimeValue time = quick ? TimeValue.milliseconds(300) : TimeValue.seconds(1);
        final ChainedOptionsBuilder options = new OptionsBuilder()
                .include(EncodeBenchmark.class.getPackageName() + "\\..*" + pattern)
                .forks(quick ? 1 : FORKS)
                .warmupIterations(ITERATIONS)
                .warmupTime(time)
                .measurementIterations(ITERATIONS)
                .measurementTime(time)
                .addProfiler("gc");
        new Runner(options.build()).run();
        return 0;
    }
}
