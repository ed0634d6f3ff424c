/** The probes of {@code perf pool}: tasks and maps over workers, beside a thread pool and Python's process pool. */
@NullMarked
package io.outrider.perf.probe.pool;

import org.jspecify.annotations.NullMarked;
