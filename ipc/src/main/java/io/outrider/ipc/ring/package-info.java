/** The {@code ring} transport: fixed memory and the lowest latency, on Agrona's many-to-one ring buffer. */
@NullMarked
package io.outrider.ipc.ring;

import org.jspecify.annotations.NullMarked;
