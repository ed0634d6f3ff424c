/** Values over time: the writing and the reading end of a stream, the same in both processes. */
@NullMarked
package io.outrider.stream;

import org.jspecify.annotations.NullMarked;
