/** Loans that change hands, whole or touched. */
@NullMarked
package io.outrider.perf.ours.loan;

import org.jspecify.annotations.NullMarked;
