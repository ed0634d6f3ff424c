/** Archives of class data, which let the JVMs of workers start sooner. */
@NullMarked
package io.outrider.launcher.archive;

import org.jspecify.annotations.NullMarked;
