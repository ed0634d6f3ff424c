/** The executor over worker processes: joins links, engine and supervision. */
@NullMarked
package io.outrider.launcher.executor;

import org.jspecify.annotations.NullMarked;
