/** The frames that cross a link: their layout, and the internal contract by which a launcher makes and releases objects. */
@NullMarked
package io.outrider.protocol;

import org.jspecify.annotations.NullMarked;
