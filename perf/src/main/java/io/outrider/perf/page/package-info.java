/** A report as one page that needs nothing else: charts drawn as SVG, legible on paper and without colours. */
@NullMarked
package io.outrider.perf.page;

import org.jspecify.annotations.NullMarked;
