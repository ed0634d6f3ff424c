/**
 * Objects that several processes share: maps, lists, queues, locks and their like, which live in a worker and are used
 * through the interfaces of the JDK.
 */
@NullMarked
package io.outrider.manager;

import org.jspecify.annotations.NullMarked;
