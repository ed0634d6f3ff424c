package io.outrider.perf.probe.cost;

import io.outrider.api.RemoteExecutor;
import io.outrider.api.WorkerInfo;
import io.outrider.config.PoolConfig;
import io.outrider.config.RestartPolicy;
import io.outrider.config.WaitStrategy;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.ours.Arithmetic;
import io.outrider.perf.ours.OneWorker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One hot pair: alone, then beside ever more idle workers of the same executor, then alone again, all waiting as they do by default.
 * It is the same pair of processes all the time, since pairs differ by more than what is looked for.
 */
record BesideIdleWorkers(String transport) implements Probe {
    private static final int[] IDLE = {1, 2, 8, 32};
    private static final int AT_ONCE = 3;
    private static final Duration START = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "outrider." + transport + ".beside";
    }

    @Override
    public Group group() {
        return Group.SCALE;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) throws Exception {
        final ExecutorService starts = Executors.newFixedThreadPool(AT_ONCE);
        try (OneWorker hot = OneWorker.open(OneWorker.builder(rig, transport, WaitStrategy.ADAPTIVE)
                .startTimeout(START)
                .pool(PoolConfig.DEFAULT.restart(RestartPolicy.FAIL)))) { // what is ended below stays so
            final List<Arithmetic> stub = List.of(hot.object().stub());
            final List<Figure> figures = new ArrayList<>();
            final HotPair pair = new HotPair(rig, hot);
            HotCalls.medianNs(stub, quick);
            Quiet.await(pids(hot.workers()));
            final HotPair.Timed alone = pair.time(stub, quick);
            add(0, alone, hot.workers(), figures);
            final HotPair.Timed[] beside = new HotPair.Timed[IDLE.length];
            for (int i = 0; i < IDLE.length; i++) {
                start(IDLE[i] + 1 - hot.workers().workers().size(), hot.workers(), starts);
                Quiet.await(pids(hot.workers()));
                beside[i] = pair.time(stub, quick);
                add(IDLE[i], beside[i], hot.workers(), figures);
            }
            endIdle(hot);
            final HotPair.Timed again = pair.time(stub, quick);
            figures.add(new Figure(name() + ".0.again.p50", "ns", again.call()));
            for (int i = 0; i < IDLE.length; i++) {
                figures.add(new Figure(
                        name() + "." + IDLE[i] + ".ratio",
                        "times alone",
                        (beside[i].against(alone) + beside[i].against(again)) / 2));
            }
            return figures;
        } finally {
            starts.shutdownNow();
        }
    }

    private void add(
            final int idle, final HotPair.Timed timed, final RemoteExecutor workers, final List<Figure> figures)
            throws IOException {
        double resident = 0;
        double proportional = 0;
        for (final long pid : pids(workers)) {
            resident += ProcFs.residentMib(pid);
            proportional += ProcFs.proportionalMib(pid);
        }
        final String prefix = name() + "." + idle;
        figures.add(new Figure(prefix + ".p50", "ns", timed.call()));
        figures.add(new Figure(prefix + ".line", "ns", timed.line()));
        figures.add(new Figure(prefix + ".worker.resident", "MiB", resident / (idle + 1)));
        figures.add(new Figure(prefix + ".worker.proportional", "MiB", proportional / (idle + 1)));
    }

    private static void start(final int count, final RemoteExecutor workers, final ExecutorService starts)
            throws Exception {
        final List<Callable<Integer>> each = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            each.add(workers::addWorker);
        }
        for (final Future<Integer> started : starts.invokeAll(each)) {
            started.get();
        }
    }

    private static void endIdle(final OneWorker hot) throws Exception {
        final long launcher = ProcessHandle.current().pid();
        long left = launcher;
        for (final WorkerInfo worker : hot.workers().workers()) {
            final Optional<ProcessHandle> process = ProcessHandle.of(worker.pid());
            if (worker.workerId() == hot.object().workerId()) {
                left = worker.pid();
            } else if (process.isPresent()) {
                process.get().destroyForcibly();
                process.get().onExit().get();
            }
        }
        Quiet.await(List.of(launcher, left));
    }

    private static List<Long> pids(final RemoteExecutor workers) {
        return workers.workers().stream()
                .filter(WorkerInfo::alive)
                .map(WorkerInfo::pid)
                .toList();
    }
}
