/** The shared-memory transports: one on a queue, one on a ring buffer. */
@NullMarked
package io.outrider.ipc;

import org.jspecify.annotations.NullMarked;
