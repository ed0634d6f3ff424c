/** The harness: what a contender is, and how its rounds are run, measured and summed up. */
@NullMarked
package io.outrider.perf.bench;

import org.jspecify.annotations.NullMarked;
