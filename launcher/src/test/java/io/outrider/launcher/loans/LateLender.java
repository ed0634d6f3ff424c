package io.outrider.launcher.loans;

import io.outrider.api.Loan;
import io.outrider.api.LoanArena;

/** Makes loans, and takes its time. */
interface LateLender {
    Loan make(int bytes) throws InterruptedException;

    int lent();

    /** Answers late. */
    final class Slow implements LateLender {
        private static final int LATE_MS = 300;

        @Override
        public Loan make(int bytes) throws InterruptedException {
            Loan loan = LoanArena.current().loan(bytes);
            Thread.sleep(LATE_MS); // the method is slow: that is what it is for
            return loan;
        }

        @Override
        public int lent() {
            return LoanArena.current().usage().here()
                    + LoanArena.current().usage().there();
        }
    }
}
