/** How contenders and probes are run in turn, round after round, in fresh processes, and what a round leaves. */
@NullMarked
package io.outrider.perf.round;

import org.jspecify.annotations.NullMarked;
