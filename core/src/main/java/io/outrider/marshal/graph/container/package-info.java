/**
 * Serializers for the collections and maps of the JDK, and for users' subclasses of them. Each is stateless or immutable,
 * so that all codecs share it.
 */
@NullMarked
package io.outrider.marshal.graph.container;

import org.jspecify.annotations.NullMarked;
