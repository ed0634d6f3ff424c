/** The entry to Outrider. */
@NullMarked
package io.outrider;

import org.jspecify.annotations.NullMarked;
