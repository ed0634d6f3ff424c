/** What Outrider is compared with: one class for each, used as its own documentation says. */
@NullMarked
package io.outrider.perf.peer;

import org.jspecify.annotations.NullMarked;
