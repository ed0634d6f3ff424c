package io.outrider.perf.probe.cost;

import io.outrider.Outrider;
import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.ours.Arithmetic;
import io.outrider.perf.ours.ArithmeticObject;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;

/** From asking for one more worker, with a spare ready, to the first reply of an object in it: the median of a few. */
record SpareReply(String transport) implements Probe {
    private static final int WORKERS = 5;
    private static final int SETTLE_MS = 3_000;

    @Override
    public String name() {
        return "outrider." + transport + ".spare";
    }

    @Override
    public Group group() {
        return Group.STARTUP;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) throws IOException, InterruptedException {
        FirstReply.makeArchive(rig, transport);
        final long[] took = new long[WORKERS];
        try (RemoteExecutor workers = Outrider.open(Outrider.builder()
                .transport(transport)
                .spares(1)
                .baseDirectory(rig.directory())
                .archiveDirectory(FirstReply.archives(rig))
                .conclude())) {
            for (int i = 0; i < WORKERS; i++) {
                Thread.sleep(SETTLE_MS); // until the next spare has rehearsed
                final long before = System.nanoTime();
                final int id = workers.addWorker();
                try (RemoteObject<Arithmetic> object =
                        workers.create(Arithmetic.class, ArithmeticObject::new, ObjectOptions.DEFAULT.on(id))) {
                    object.stub().f(1, 1);
                    took[i] = System.nanoTime() - before;
                }
            }
        }
        return List.of(new Figure(name(), "ns", LongStream.of(took).sorted().toArray()[WORKERS / 2]));
    }
}
