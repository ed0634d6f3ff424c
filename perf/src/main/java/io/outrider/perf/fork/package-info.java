/** JVMs of the harness's own: how they are started, spoken to and ended. */
@NullMarked
package io.outrider.perf.fork;

import org.jspecify.annotations.NullMarked;
