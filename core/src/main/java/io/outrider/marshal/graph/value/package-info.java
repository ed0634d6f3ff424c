/**
 * Serializers for values, for objects and their fields, for throwables and lambdas. Each is stateless or immutable, so that
 * all codecs share it.
 */
@NullMarked
package io.outrider.marshal.graph.value;

import org.jspecify.annotations.NullMarked;
