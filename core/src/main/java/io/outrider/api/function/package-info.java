/** Functions that are copied to a worker and run there: those of {@code java.util.function}, sendable. */
@NullMarked
package io.outrider.api.function;

import org.jspecify.annotations.NullMarked;
