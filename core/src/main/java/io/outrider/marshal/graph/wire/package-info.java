/**
 * What every serializer works on: the bytes of a graph, the objects that were met, the names of types, and the way in which
 * a graph is refused.
 */
@NullMarked
package io.outrider.marshal.graph.wire;

import org.jspecify.annotations.NullMarked;
