package io.outrider.manager.port;

import io.outrider.api.Uninterruptible;

/** An array of primitives. */
@Uninterruptible
public interface ArrayPort {
    /** How many elements it has, which never changes. */
    int length();

    /** Gets an element of an integral type, or of char. */
    long getLong(int index);

    /** Gets an element of any numeric type. */
    double getDouble(int index);

    /** Gets an element of type boolean. */
    boolean getBoolean(int index);

    /** Sets an element, if its type can hold the value. */
    void setLong(int index, long value);

    /** Sets an element of type float or double. */
    void setDouble(int index, double value);

    /** Sets an element of type boolean. */
    void setBoolean(int index, boolean value);

    /** Adds to an element of an integral type and gives its new value. */
    long addAndGet(int index, long delta);

    /** Copies the elements of a range. */
    Object copy(int from, int to);

    /** Overwrites elements by those of another array of the type. */
    void write(int index, Object elements);
}
