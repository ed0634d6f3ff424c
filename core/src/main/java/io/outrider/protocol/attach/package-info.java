/** How a process becomes one more client of a worker: the proof on both sides, before anything else is read. */
@NullMarked
package io.outrider.protocol.attach;

import org.jspecify.annotations.NullMarked;
