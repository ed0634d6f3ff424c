/** What streams can do, beside raw ways of sending one message after the other. */
@NullMarked
package io.outrider.perf.probe.stream;

import org.jspecify.annotations.NullMarked;
