package io.outrider.perf.ours.loan;

/** 1 MiB; both sides spin. */
public final class RingLoan1MiB extends LoanEcho {
    private static final int BYTES = 1024 * 1024;

    /** For {@link java.util.ServiceLoader}. */
    public RingLoan1MiB() {
        super("outrider.ring.loan.1MiB", BYTES);
    }
}
