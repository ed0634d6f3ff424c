package io.outrider.protocol;

import io.outrider.api.RemoteFactory;

/**
 * Makes an object that is shared: code in its own worker, too, calls it by its stub, so that who calls is known and what is passed is
 * copied there as anywhere; and its owner's release ends it, whoever else has references to it.
 *
 * @param <T> the object
 */
@FunctionalInterface
public interface SharedFactory<T> extends RemoteFactory<T> {}
