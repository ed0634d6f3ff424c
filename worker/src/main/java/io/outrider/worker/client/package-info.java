/** Who calls this worker, as the objects that live in it see it. */
@NullMarked
package io.outrider.worker.client;

import org.jspecify.annotations.NullMarked;
