/** Concurrency stress tests: what two threads may see of one lane. */
@NullMarked
package io.outrider.stress;

import org.jspecify.annotations.NullMarked;
