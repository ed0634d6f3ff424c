/** The parts of a call under JMH: encode, claim, dispatch, and Kryo beside our own encodings. */
@NullMarked
package io.outrider.perf.jmh;

import org.jspecify.annotations.NullMarked;
