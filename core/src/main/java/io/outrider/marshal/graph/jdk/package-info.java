/**
 * Java serialization, for what only it can see or carry, under the rules of a marshaller.
 */
@NullMarked
package io.outrider.marshal.graph.jdk;

import org.jspecify.annotations.NullMarked;
