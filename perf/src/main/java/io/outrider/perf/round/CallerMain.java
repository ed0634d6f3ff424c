package io.outrider.perf.round;

import io.outrider.perf.bench.Allocation;
import io.outrider.perf.bench.Contenders;
import io.outrider.perf.bench.Exchange;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.fork.Main;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The caller's JVM of one contender in one round: warms up, measures, and leaves a {@link RoundResult}. */
public final class CallerMain {
    private CallerMain() {}

    /**
     * Runs the caller.
     *
     * @param args the contender, its directory, the file for the result, and the plan
     */
    public static void main(final String[] args) {
        Main.run(() -> {
            final List<String> words = List.of(args);
            final Plan plan = Plan.parse(words.subList(3, words.size()));
            try (Exchange exchange = Contenders.named(args[0]).open(new Rig(Path.of(args[1])))) {
                measure(exchange, plan).write(Path.of(args[2]));
            }
        });
    }

    private static RoundResult measure(final Exchange exchange, final Plan plan) throws Exception {
        final long[] samples = new long[plan.maxCalls()];
        final CallLoop loop = CallLoop.of(exchange, plan, samples);
        if (plan.pace() == Pace.PAUSED) {
            loop.warmUp(plan.warmUp());
        } else { // whatever the rate, the code is compiled at full speed first
            CallLoop.of(exchange, plan.at(Pace.CLOSED, Duration.ZERO), samples).warmUp(plan.warmUp());
        }
        exchange.workerAllocatedBytes(); // the first reading of the counters, on either side, allocates by itself
        Allocation.ofAllThreads();
        final long workerBefore = exchange.workerAllocatedBytes();
        final long callerBefore = Allocation.ofAllThreads();
        final int count = loop.run(plan.measured().toNanos());
        final double caller = Allocation.ofAllThreads() - callerBefore;
        final double worker = exchange.workerAllocatedBytes() - workerBefore;
        return new RoundResult(RoundResult.histogram(samples, count), caller / count, worker / count);
    }
}
