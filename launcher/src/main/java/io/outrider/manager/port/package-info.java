/** The contracts behind the types of a manager: what one round trip asks of the object in the worker. */
@NullMarked
package io.outrider.manager.port;

import org.jspecify.annotations.NullMarked;
