/** What a JVM must be given to run Outrider: this one, and those that it starts. */
@NullMarked
package io.outrider.launcher.jvm;

import org.jspecify.annotations.NullMarked;
