/** Calls that need no lane. */
@NullMarked
package io.outrider.ipc.slots;

import org.jspecify.annotations.NullMarked;
