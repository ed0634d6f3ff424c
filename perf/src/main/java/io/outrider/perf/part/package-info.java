/** The parts of a call, each by itself: on one thread, without a second JVM where it needs none. */
@NullMarked
package io.outrider.perf.part;

import org.jspecify.annotations.NullMarked;
