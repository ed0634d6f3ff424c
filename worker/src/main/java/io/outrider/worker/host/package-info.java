/** The objects that live in a worker, and the threads that run the calls to them. */
@NullMarked
package io.outrider.worker.host;

import org.jspecify.annotations.NullMarked;
