package io.outrider.perf.ours.loan;

import io.outrider.api.Loan;

/** The contract by which loans change hands. */
public interface Lending {
    /**
     * Takes a loan and gives it back as it is.
     *
     * @param loan any
     * @return the same
     */
    Loan echo(Loan loan);

    /**
     * Sums what is in a loan, which {@link io.outrider.perf.bench.Frames} has filled.
     *
     * @param loan filled; its first word becomes the sum
     * @return the same
     */
    Loan sum(Loan loan);

    /**
     * What the worker has allocated up to now.
     *
     * @return bytes, over all its threads
     */
    long allocatedBytes();
}
