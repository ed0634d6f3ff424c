/** Objects in worker JVMs of their own: started, owned, attached to from elsewhere, pooled. */
@NullMarked
package io.outrider.actor;

import org.jspecify.annotations.NullMarked;
