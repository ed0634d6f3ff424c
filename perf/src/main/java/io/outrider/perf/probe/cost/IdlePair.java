package io.outrider.perf.probe.cost;

import io.outrider.config.WaitStrategy;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.ours.Arithmetic;
import io.outrider.perf.ours.OneWorker;
import java.io.IOException;
import java.util.List;

/** A launcher, which is this JVM, and a worker that were busy and now have nothing to do, waiting as they do by default. */
record IdlePair(String transport) implements Probe {
    private static final int CALLS_BEFORE = 100_000;
    private static final int SETTLE_MS = 2_000;
    private static final int FULL_SECONDS = 10;
    private static final int QUICK_SECONDS = 3;
    private static final int MS_PER_SECOND = 1_000;
    private static final int PERCENT = 100;

    @Override
    public String name() {
        return "outrider." + transport + ".idle";
    }

    @Override
    public Group group() {
        return Group.IDLE;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) throws IOException, InterruptedException {
        final int seconds = quick ? QUICK_SECONDS : FULL_SECONDS;
        FirstReply.makeArchive(rig, transport);
        try (OneWorker pair = OneWorker.open(OneWorker.builder(rig, transport, WaitStrategy.ADAPTIVE)
                .archive(true)
                .archiveDirectory(FirstReply.archives(rig)))) {
            final Arithmetic stub = pair.object().stub();
            final long launcher = ProcessHandle.current().pid();
            final long worker = stub.pid();
            for (int i = 0; i < CALLS_BEFORE; i++) {
                stub.f(i, i);
            }
            Thread.sleep(SETTLE_MS);
            final double launcherBefore = ProcFs.cpuSeconds(launcher);
            final double workerBefore = ProcFs.cpuSeconds(worker);
            Thread.sleep((long) seconds * MS_PER_SECOND);
            final double ofLauncher = (ProcFs.cpuSeconds(launcher) - launcherBefore) / seconds * PERCENT;
            final double ofWorker = (ProcFs.cpuSeconds(worker) - workerBefore) / seconds * PERCENT;
            return List.of(
                    new Figure(name() + ".launcher", "% of one core", ofLauncher),
                    new Figure(name() + ".worker", "% of one core", ofWorker),
                    new Figure(name() + ".both", "% of one core", ofLauncher + ofWorker),
                    new Figure(name() + ".worker.resident", "MiB", ProcFs.residentMib(worker)));
        }
    }
}
