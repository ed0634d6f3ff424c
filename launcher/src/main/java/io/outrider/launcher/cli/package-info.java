/** The command line. */
@NullMarked
package io.outrider.launcher.cli;

import org.jspecify.annotations.NullMarked;
