/** Forks and supervises workers, and joins them to a transport. */
@NullMarked
package io.outrider.launcher;

import org.jspecify.annotations.NullMarked;
