package io.outrider.perf.ours.proxy;

import io.outrider.Outrider;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.config.WaitStrategy;
import io.outrider.manager.Manager;
import io.outrider.manager.Managers;
import io.outrider.perf.bench.Exchange;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.bench.Rung;
import io.outrider.perf.ours.Arithmetic;
import io.outrider.perf.ours.ArithmeticObject;

/** Something that is done with one worker in which a manager is, on the ring with both sides spinning. */
abstract class ManagerRung implements Rung {
    private final String name;

    ManagerRung(final String name) {
        this.name = name;
    }

    @Override
    public final String name() {
        return name;
    }

    /** One round of it; gives {@link io.outrider.perf.bench.Payload#answer}. */
    interface Step {
        double make(int index, double value);
    }

    /** Makes what is used. */
    abstract Step prepare(RemoteExecutor workers, Manager manager);

    @Override
    public final Exchange open(final Rig rig) {
        final RemoteExecutor workers = Outrider.open(Outrider.builder()
                .transport("ring")
                .waitStrategy(WaitStrategy.SPIN)
                .baseDirectory(rig.directory())
                .archive(false)
                .conclude());
        try {
            final Manager manager = Managers.in(workers);
            return new Open(workers, manager, prepare(workers, manager));
        } catch (final RuntimeException | Error failure) {
            workers.close();
            throw failure;
        }
    }

    private static final class Open implements Exchange {
        private final RemoteExecutor workers;
        private final Manager manager;
        private final Step step;
        private final RemoteObject<Arithmetic> meter;

        Open(final RemoteExecutor workers, final Manager manager, final Step step) {
            this.workers = workers;
            this.manager = manager;
            this.step = step;
            this.meter = workers.create(Arithmetic.class, ArithmeticObject::new);
        }

        @Override
        public double call(final int index, final double value) {
            return step.make(index, value);
        }

        @Override
        public long workerAllocatedBytes() {
            return meter.stub().allocatedBytes();
        }

        @Override
        public void close() {
            manager.close();
            workers.close();
        }
    }
}
