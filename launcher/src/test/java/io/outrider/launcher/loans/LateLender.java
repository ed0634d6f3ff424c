package io.outrider.launcher.loans;

import io.outrider.api.Loan;
import io.outrider.api.LoanArena;
import java.util.concurrent.TimeUnit;

/** Makes loans, and takes its time. */
interface LateLender {
    Loan make(int bytes);

    int lent();

    /** Answers late. */
    final class Slow implements LateLender {
        private static final int LATE_MS = 300;

        @Override
        public Loan make(int bytes) {
            Loan loan = LoanArena.current().loan(bytes);
            long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LATE_MS);
            while (System.nanoTime() - untilNs < 0) { // the method is slow, whoever gives it up
                Thread.onSpinWait();
            }
            return loan;
        }

        @Override
        public int lent() {
            return LoanArena.current().usage().here()
                    + LoanArena.current().usage().there();
        }
    }
}
