/** How many calls go through in a second: Outrider beside raw rings. */
@NullMarked
package io.outrider.perf.probe.throughput;

import org.jspecify.annotations.NullMarked;
