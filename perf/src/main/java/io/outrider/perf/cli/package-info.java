/** The command line of the benchmarks: one class for each subcommand. */
@NullMarked
package io.outrider.perf.cli;

import org.jspecify.annotations.NullMarked;
