/**
 * What the types of a manager are in the worker: plain objects behind the contracts of the ports. Waiters are futures.
 */
@NullMarked
package io.outrider.manager.hosted;

import org.jspecify.annotations.NullMarked;
