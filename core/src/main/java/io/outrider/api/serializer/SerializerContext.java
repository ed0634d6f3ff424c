package io.outrider.api.serializer;

import java.io.ObjectInputFilter;

/**
 * What one {@link Serializer} may ask of the process that it works in, while it writes or reads. For its thread; {@link #standIn}
 * of a stub may block for a call to the worker of its object.
 */
public interface SerializerContext {
    /**
     * What is to be written in place of an object: itself; for a stub or a loan a {@link java.io.Serializable} record of classes, strings
     * and numbers. To be asked once for each object of the graph, so that stubs may stand anywhere in it.
     *
     * @param value any object
     * @return what to write
     * @throws RuntimeException if it is bound to its JVM, such as a thread or a lock
     */
    Object standIn(Object value);

    /**
     * Undoes {@link #standIn}, once for each object that was read.
     *
     * @param read any object
     * @return the stub or loan that it stands in for, or itself
     */
    Object original(Object read);

    /**
     * Whether values of a class may cross.
     *
     * @param type of a value
     * @return false where only listed types may, and this is none of them
     */
    boolean accepts(Class<?> type);

    /**
     * The class that a message names, not initialized. A serializer must load classes in no other way.
     *
     * @param name binary name, not of an array
     * @return the class
     * @throws RuntimeException if it may not cross, before it is loaded
     * @throws ClassNotFoundException if it is missing here
     */
    Class<?> load(String name) throws ClassNotFoundException;

    /**
     * The filter of the setting {@code serialFilter}, with the defaults for what that leaves open.
     *
     * @return for a stream of one message
     */
    ObjectInputFilter filter();
}
