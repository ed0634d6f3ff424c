/** The seam for bytes: links, lanes, claims and arena blocks, as a transport offers them and the engine uses them. */
@NullMarked
package io.outrider.transport;

import org.jspecify.annotations.NullMarked;
