/**
 * Object graphs as bytes: Kryo for references, class names and buffers, and serializers of our own for every type, because
 * those of Kryo 5.6.2 keep state that is dirty after a failure, claim memory by declared length alone, and need JDK packages opened. Used by
 * {@code io.outrider.marshal} only.
 *
 * <p>A type is met by the first rule that fits; {@link io.outrider.marshal.graph.TypeRules} holds them in order. No rule
 * needs a package of the JDK to be opened: what the JDK keeps private is reached through Java serialization, which may.
 */
@NullMarked
package io.outrider.marshal.graph;

import org.jspecify.annotations.NullMarked;
