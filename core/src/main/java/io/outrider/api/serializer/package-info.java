/** How object graphs become bytes, by name: what a provider of a serializer of its own implements. */
@NullMarked
package io.outrider.api.serializer;

import org.jspecify.annotations.NullMarked;
