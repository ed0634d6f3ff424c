/** What travels beside the bytes of a message: blocks of shared memory, and the views that are given of them. */
@NullMarked
package io.outrider.marshal.block;

import org.jspecify.annotations.NullMarked;
