/** Feeds: one writer and many subscribers over one piece of shared memory, each with a policy of its own for when it is behind. */
@NullMarked
package io.outrider.api.feed;

import org.jspecify.annotations.NullMarked;
