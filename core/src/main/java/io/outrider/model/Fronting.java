package io.outrider.model;

import java.io.Serializable;

/**
 * Marks what stands before a stub and has nothing else to it, so that it can be sent even where it has an interface whose values
 * are bound to their JVM else, such as a lock.
 */
public interface Fronting extends Serializable {}
