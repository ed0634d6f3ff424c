package io.outrider.perf.ours.loan;

import io.outrider.api.Loan;
import io.outrider.perf.bench.Allocation;
import io.outrider.perf.bench.Frames;

/** The object in the worker. */
public final class LendingObject implements Lending {
    @Override
    public Loan echo(final Loan loan) {
        return loan;
    }

    @Override
    public Loan sum(final Loan loan) {
        final long sum = Frames.sum(loan.buffer(), loan.length());
        loan.buffer().putLong(0, sum);
        return loan;
    }

    @Override
    public long allocatedBytes() {
        return Allocation.ofAllThreads();
    }
}
