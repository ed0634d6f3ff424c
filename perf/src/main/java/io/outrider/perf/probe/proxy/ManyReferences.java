package io.outrider.perf.probe.proxy;

import io.outrider.Outrider;
import io.outrider.actor.Actors;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.api.ReturnsProxy;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import java.time.Duration;
import java.util.List;

/** A million objects left in a worker, each with one reference here that is dropped at once; and the memory when all are gone. */
record ManyReferences(String transport) implements Probe {
    private static final int REFERENCES = 1_000_000;
    private static final int WARM_UP = 50_000;
    private static final long LIMIT_NS = Duration.ofSeconds(60).toNanos();
    private static final double KIB = 1024;
    private static final int COLLECTIONS = 5;

    /** Makes objects that stay where it lives. */
    interface Depot {
        /**
         * Makes one.
         *
         * @return a new one each time
         */
        @ReturnsProxy
        Item item();

        /**
         * What is used after a collection.
         *
         * @return bytes of the heap
         */
        long usedBytes();
    }

    /** Stays where it was made. */
    interface Item {
        /**
         * Any call.
         *
         * @return its number
         */
        int number();
    }

    private static final class InAWorker implements Depot {
        private int made;

        @Override
        public Item item() {
            final int number = made++;
            return () -> number;
        }

        @Override
        public long usedBytes() {
            return usedHere();
        }
    }

    /** The least of some collections: what one of them finds unused by weak references is let go by the next. */
    private static long usedHere() {
        final Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    @Override
    public String name() {
        return "outrider." + transport + ".references";
    }

    @Override
    public Group group() {
        return Group.PROXY;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) {
        try (RemoteExecutor workers = Outrider.open(Outrider.builder()
                        .transport(transport)
                        .baseDirectory(rig.directory())
                        .archive(false)
                        .conclude());
                RemoteObject<Depot> depot = workers.create(Depot.class, InAWorker::new)) {
            final long objects = Actors.countsAt(depot.stub()).objects();
            make(depot.stub(), WARM_UP);
            awaitGone(depot.stub(), objects);
            final long here = usedHere();
            final long there = depot.stub().usedBytes();
            final long beganNs = System.nanoTime();
            make(depot.stub(), REFERENCES);
            final double eachNs = (System.nanoTime() - beganNs) / (double) REFERENCES;
            awaitGone(depot.stub(), objects);
            return List.of(
                    new Figure(name() + ".create", "ns", eachNs),
                    new Figure(name() + ".gone", "ms", (System.nanoTime() - beganNs) / 1e6),
                    new Figure(name() + ".kept.caller", "KiB", (usedHere() - here) / KIB),
                    new Figure(name() + ".kept.worker", "KiB", (depot.stub().usedBytes() - there) / KIB));
        }
    }

    private static void make(final Depot depot, final int count) {
        for (int i = 0; i < count; i++) {
            depot.item();
        }
    }

    private static void awaitGone(final Depot depot, final long objects) {
        final long giveUpAt = System.nanoTime() + LIMIT_NS;
        while (Actors.countsAt(depot).objects() > objects) {
            if (System.nanoTime() - giveUpAt > 0) {
                throw new IllegalStateException("still there: " + Actors.countsAt(depot));
            }
            System.gc();
        }
    }
}
