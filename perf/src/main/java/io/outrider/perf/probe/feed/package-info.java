/** What a feed's writer can do, with one reader and with several. */
@NullMarked
package io.outrider.perf.probe.feed;

import org.jspecify.annotations.NullMarked;
