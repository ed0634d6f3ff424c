/** Outrider's calls over the queue transport. */
@NullMarked
package io.outrider.perf.ours.queue;

import org.jspecify.annotations.NullMarked;
