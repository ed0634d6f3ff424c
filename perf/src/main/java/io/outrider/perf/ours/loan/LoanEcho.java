package io.outrider.perf.ours.loan;

import io.outrider.Outrider;
import io.outrider.api.Loan;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.config.WaitStrategy;
import io.outrider.perf.bench.Exchange;
import io.outrider.perf.bench.Payload;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.bench.Rung;

/** A loan there and back, untouched: what a hand-over costs, whatever its size. */
public abstract class LoanEcho implements Rung {
    private final String name;
    private final int bytes;

    /**
     * @param name in reports
     * @param bytes of the loan
     */
    protected LoanEcho(final String name, final int bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Exchange open(final Rig rig) {
        final RemoteExecutor workers = Outrider.open(Outrider.builder()
                .transport("ring")
                .waitStrategy(WaitStrategy.SPIN)
                .baseDirectory(rig.directory())
                .archive(false)
                .conclude());
        final RemoteObject<Lending> object = workers.create(Lending.class, LendingObject::new);
        final Loan loan = object.arena().loan(bytes);
        loan.buffer().setMemory(0, bytes, (byte) 1); // its pages are there, as those of a loan in use are
        return new Echo(workers, object.stub(), loan);
    }

    private static final class Echo implements Exchange {
        private final RemoteExecutor workers;
        private final Lending stub;
        private Loan loan;

        Echo(final RemoteExecutor workers, final Lending stub, final Loan loan) {
            this.workers = workers;
            this.stub = stub;
            this.loan = loan;
        }

        @Override
        public double call(final int index, final double value) {
            loan = stub.echo(loan);
            return Payload.answer(index, value);
        }

        @Override
        public long workerAllocatedBytes() {
            return stub.allocatedBytes();
        }

        @Override
        public void close() {
            loan.close();
            workers.close();
        }
    }
}
