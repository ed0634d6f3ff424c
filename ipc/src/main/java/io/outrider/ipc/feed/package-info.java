/** Feeds on a mapped file: the layout, the rows of the subscribers, the two ends, and how they wait. */
@NullMarked
package io.outrider.ipc.feed;

import org.jspecify.annotations.NullMarked;
