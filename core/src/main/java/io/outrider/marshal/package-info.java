/**
 * Values as bytes. Primitives, strings and primitive arrays have encodings of their own ({@link
 * io.outrider.marshal.ValueWriter}, {@link io.outrider.marshal.ValueReader}); everything else is an object graph, which
 * the package {@code graph} beside this one carries with Kryo.
 *
 * <p>Both ends of a link run on one host, so values stand in the byte order of that host, which is little-endian on every
 * processor that Outrider supports.
 */
@NullMarked
package io.outrider.marshal;

import org.jspecify.annotations.NullMarked;
