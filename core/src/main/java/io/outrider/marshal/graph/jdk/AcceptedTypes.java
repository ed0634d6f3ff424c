package io.outrider.marshal.graph.jdk;

/** Which classes Java serialization may name, and where they come from. Safe from any thread. */
public interface AcceptedTypes {
    /**
     * The loader of classes that a message names.
     *
     * @return the class loader that was given to the marshaller
     */
    ClassLoader loader();

    /**
     * Says whether values of a class may be sent and received.
     *
     * @param type of a value
     * @return true if it is built in or registered, or if every class is accepted
     */
    boolean accepts(Class<?> type);

    /**
     * Refuses a class that may not be named in a message.
     *
     * @param name of a class that has no id
     */
    void checkNamed(String name);

    /**
     * Loads a class that a message names, without initialising it.
     *
     * @param name binary name
     * @return the class
     */
    Class<?> load(String name);
}
