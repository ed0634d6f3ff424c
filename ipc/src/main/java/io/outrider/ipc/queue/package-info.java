/** The {@code queue} transport: lanes that can be kept and inspected, on Chronicle Queue rolled by size. */
@NullMarked
package io.outrider.ipc.queue;

import org.jspecify.annotations.NullMarked;
