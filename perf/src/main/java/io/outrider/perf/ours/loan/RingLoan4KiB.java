package io.outrider.perf.ours.loan;

/** 4 KiB; both sides spin. */
public final class RingLoan4KiB extends LoanEcho {
    private static final int BYTES = 4 * 1024;

    /** For {@link java.util.ServiceLoader}. */
    public RingLoan4KiB() {
        super("outrider.ring.loan.4KiB", BYTES);
    }
}
