package io.outrider.perf.cli;

import io.outrider.perf.bench.Probe;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What shared objects cost beside ordinary calls. */
@Command(
        name = "proxy",
        mixinStandardHelpOptions = true,
        description = "Times what is done with the objects of a manager, beside ordinary calls of the same shape.")
public final class ProxyCommand implements Callable<Integer> {
    private static final List<String> COMPARED = List.of(
            "outrider.ring.call.primitive",
            "outrider.proxy.lock.unlock",
            "outrider.proxy.object.call",
            "outrider.proxy.map.get");

    @Mixin
    private RunOptions options = new RunOptions();

    @Override
    public Integer call() throws Exception {
        return options.compare(COMPARED, Probe.Group.PROXY);
    }
}
