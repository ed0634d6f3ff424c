/** How Outrider says what it has to say: by SLF4J. */
@NullMarked
package io.outrider.telemetry;

import org.jspecify.annotations.NullMarked;
