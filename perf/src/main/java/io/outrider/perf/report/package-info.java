/** What a run found: as a table, as JSON and as a page. */
@NullMarked
package io.outrider.perf.report;

import org.jspecify.annotations.NullMarked;
