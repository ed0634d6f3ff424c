/** Benchmarks: what a call costs beside what its peers cost. */
@NullMarked
package io.outrider.perf;

import org.jspecify.annotations.NullMarked;
