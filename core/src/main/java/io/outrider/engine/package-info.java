/** The client's side of a call: the table of pending calls, the poll role, waiting, and the outcome. */
@NullMarked
package io.outrider.engine;

import org.jspecify.annotations.NullMarked;
