/** Every way in which a call, a worker or a session can fail: one root type, a closed list of codes, small subclasses. */
@NullMarked
package io.outrider.error;

import org.jspecify.annotations.NullMarked;
