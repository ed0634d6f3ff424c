/** Outrider's calls over the ring transport. */
@NullMarked
package io.outrider.perf.ours.ring;

import org.jspecify.annotations.NullMarked;
