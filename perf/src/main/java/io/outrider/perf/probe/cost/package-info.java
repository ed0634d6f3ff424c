/** What starting, idling and growing cost, and where the time of a call goes. */
@NullMarked
package io.outrider.perf.probe.cost;

import org.jspecify.annotations.NullMarked;
