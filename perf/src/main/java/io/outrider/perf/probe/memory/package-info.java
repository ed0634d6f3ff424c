/** Memory that one process fills and another sums, over a loan and over nothing but a mapped file. */
@NullMarked
package io.outrider.perf.probe.memory;

import org.jspecify.annotations.NullMarked;
