package io.outrider.perf.bench;

import io.outrider.perf.fork.EndOfInput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The caller's JVM of one contender in one round: warms up, measures, and leaves a {@link RoundResult}. */
public final class CallerMain {
    private CallerMain() {}

    /**
     * Runs the caller.
     *
     * @param args as {@link #arguments} makes them
     * @throws Exception if the contender fails
     */
    public static void main(final String[] args) throws Exception {
        EndOfInput.haltsThisJvm();
        final Path directory = Path.of(args[1]);
        final Plan plan = new Plan(Duration.parse(args[3]), Duration.parse(args[4]), Integer.parseInt(args[5]));
        try (Exchange exchange = Contenders.named(args[0]).open(new Rig(directory))) {
            measure(exchange, plan).write(Path.of(args[2]));
        }
        System.exit(0); // a peer may have left a thread of its own behind
    }

    static List<String> arguments(final String contender, final Path directory, final Path result, final Plan plan) {
        return List.of(
                contender,
                directory.toString(),
                result.toString(),
                plan.warmUp().toString(),
                plan.measured().toString(),
                Integer.toString(plan.maxCalls()));
    }

    private static RoundResult measure(final Exchange exchange, final Plan plan) throws Exception {
        final ClosedLoop loop = new ClosedLoop(exchange, plan.maxCalls());
        loop.warmUp(plan.warmUp());
        exchange.workerAllocatedBytes(); // the first reading of the counters, on either side, allocates by itself
        Allocation.ofAllThreads();
        final long workerBefore = exchange.workerAllocatedBytes();
        final long callerBefore = Allocation.ofAllThreads();
        final int count = loop.run(plan.measured().toNanos());
        final double caller = Allocation.ofAllThreads() - callerBefore;
        final double worker = exchange.workerAllocatedBytes() - workerBefore;
        return new RoundResult(RoundResult.histogram(loop.samples(), count), caller / count, worker / count);
    }
}
