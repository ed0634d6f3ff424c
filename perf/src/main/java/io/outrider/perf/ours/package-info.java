/** Outrider as a contender: the contract that is called, and how its calls are made. */
@NullMarked
package io.outrider.perf.ours;

import org.jspecify.annotations.NullMarked;
