/** What is measured: contenders, which answer calls, and probes, which find single figures. */
@NullMarked
package io.outrider.perf.bench;

import org.jspecify.annotations.NullMarked;
