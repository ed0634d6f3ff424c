/** What managers make, as contenders, beside ordinary calls of the same shape. */
@NullMarked
package io.outrider.perf.ours.proxy;

import org.jspecify.annotations.NullMarked;
