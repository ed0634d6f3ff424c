/** What references, actors that call each other, and several clients of one worker cost. */
@NullMarked
package io.outrider.perf.probe.proxy;

import org.jspecify.annotations.NullMarked;
