/** The host of objects inside a worker JVM. */
@NullMarked
package io.outrider.worker;

import org.jspecify.annotations.NullMarked;
