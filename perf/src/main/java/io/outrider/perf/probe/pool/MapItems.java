package io.outrider.perf.probe.pool;

import io.outrider.api.MapOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteStream;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import java.util.List;
import java.util.stream.IntStream;

/** A function over a million small items, in order, on two workers. */
record MapItems(String transport) implements Probe {
    private static final int ITEMS = 1_000_000;
    private static final double NS_PER_S = 1e9;

    @Override
    public String name() {
        return "outrider." + transport + ".map";
    }

    @Override
    public Group group() {
        return Group.POOL;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) {
        final List<Integer> items = IntStream.range(0, ITEMS).boxed().toList();
        try (RemoteExecutor workers = PoolOfTwo.open(rig, transport, 2)) {
            run(workers, items);
            run(workers, items);
            final long begun = System.nanoTime();
            run(workers, items);
            return List.of(new Figure(name(), "items/s", ITEMS * NS_PER_S / (System.nanoTime() - begun)));
        }
    }

    private static void run(final RemoteExecutor workers, final List<Integer> items) {
        try (RemoteStream<Integer> results = workers.map(item -> item + 1, items, MapOptions.DEFAULT)) {
            for (int item = 0; item < ITEMS; item++) {
                if (results.next() != item + 1) {
                    throw new IllegalStateException("item " + item + " has another's result");
                }
            }
        }
    }
}
