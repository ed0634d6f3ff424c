package io.outrider.perf.probe.proxy;

import io.outrider.Outrider;
import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.ours.Arithmetic;
import io.outrider.perf.ours.ArithmeticObject;
import io.outrider.perf.probe.cost.HotCalls;
import java.util.Arrays;
import java.util.List;

/** Calls of one object by the launcher, and by another worker to which the launcher has passed the stub, in turns. */
record ForwardedCalls(String transport) implements Probe {
    private static final int TURNS = 5;

    /** Calls from where it lives. */
    interface Caller {
        /**
         * Times calls.
         *
         * @param stub of an object elsewhere
         * @param quick whether fewer calls will do
         * @return the median, in nanoseconds
         */
        double medianNs(Arithmetic stub, boolean quick) throws Exception;
    }

    @Override
    public String name() {
        return "outrider." + transport + ".forwarded";
    }

    @Override
    public Group group() {
        return Group.PROXY;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) throws Exception {
        try (RemoteExecutor workers = Outrider.open(Outrider.builder()
                        .workers(2)
                        .transport(transport)
                        .baseDirectory(rig.directory())
                        .archive(false)
                        .conclude());
                RemoteObject<Arithmetic> called =
                        workers.create(Arithmetic.class, ArithmeticObject::new, ObjectOptions.DEFAULT.on(1));
                RemoteObject<Caller> caller = workers.create(
                        Caller.class,
                        () -> (stub, few) -> HotCalls.medianNs(List.of(stub), few),
                        ObjectOptions.DEFAULT.on(0))) {
            final Arithmetic stub = called.stub();
            final double[] launcher = new double[TURNS];
            final double[] forwarded = new double[TURNS];
            for (int turn = 0; turn < TURNS; turn++) {
                launcher[turn] = HotCalls.medianNs(List.of(stub), quick);
                forwarded[turn] = caller.<Double>async(there -> there.medianNs(stub, quick))
                        .join();
            }
            return List.of(
                    new Figure(name() + ".launcher.p50", "ns", median(launcher)),
                    new Figure(name() + ".p50", "ns", median(forwarded)),
                    new Figure(name() + ".ratio", "times", median(forwarded) / median(launcher)));
        }
    }

    private static double median(final double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
