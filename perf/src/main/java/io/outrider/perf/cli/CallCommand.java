package io.outrider.perf.cli;

import io.outrider.perf.bench.Contenders;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One call at a time: how long until its answer is here. */
@Command(
        name = "call",
        mixinStandardHelpOptions = true,
        description = "Times single calls, one after the other: Outrider beside its peers.")
public final class CallCommand implements Callable<Integer> {
    @Mixin
    private RunOptions options = new RunOptions();

    @Option(
            names = "--cpus",
            paramLabel = "LIST",
            description = "Confine all processes to these processors (taskset); --cpus 0 is the run on one.")
    private @Nullable String cpus;

    @Override
    public Integer call() throws Exception {
        final List<String> prefix = cpus == null ? List.of() : List.of("taskset", "-c", cpus);
        return options.compare(Contenders.all(), options.plan(), prefix);
    }
}
