package io.outrider.perf.probe.cost;

import io.outrider.Outrider;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.ours.Arithmetic;
import io.outrider.perf.ours.ArithmeticObject;
import java.util.List;

/** From opening an executor with one worker, all else as it is unless told otherwise, to the first reply of an object. */
record FirstReply(String transport) implements Probe {
    @Override
    public String name() {
        return "outrider." + transport + ".start";
    }

    @Override
    public Group group() {
        return Group.STARTUP;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) {
        final long before = System.nanoTime();
        try (RemoteExecutor workers = Outrider.open(Outrider.builder()
                        .transport(transport)
                        .baseDirectory(rig.directory())
                        .conclude());
                RemoteObject<Arithmetic> object = workers.create(Arithmetic.class, ArithmeticObject::new)) {
            object.stub().f(1, 1);
            return List.of(new Figure(name(), "ns", System.nanoTime() - before));
        }
    }
}
