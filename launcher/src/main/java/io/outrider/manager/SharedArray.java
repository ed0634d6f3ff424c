package io.outrider.manager;

/**
 * An array of primitives that several processes share. Safe from any thread; each method is atomic and one round trip,
 * {@link #length} none. An index out of range is an {@link ArrayIndexOutOfBoundsException} or {@link
 * IndexOutOfBoundsException}; a method that does not fit the type of the elements is an {@link
 * IllegalArgumentException}. If the worker dies each method fails with {@link io.outrider.error.WorkerDiedException}.
 *
 * @param <A> the array: {@code long[]}, say
 */
public interface SharedArray<A> {
    /** How many elements it has, which never changes. */
    int length();

    /** Gets an element of type byte, short, char, int or long. */
    long getLong(int index);

    /** Gets an element of any type but boolean. */
    double getDouble(int index);

    /** Gets an element of type boolean. */
    boolean getBoolean(int index);

    /**
     * Sets an element of type byte, short, char, int or long; an {@link ArithmeticException} if it can't hold the
     * value.
     */
    void setLong(int index, long value);

    /** Sets an element of type float or double. */
    void setDouble(int index, double value);

    /** Sets an element of type boolean. */
    void setBoolean(int index, boolean value);

    /**
     * Adds to an element of type byte, short, char, int or long and gives its new value; an {@link ArithmeticException}
     * if it can't hold that.
     */
    long addAndGet(int index, long delta);

    /** Copies all elements. */
    A snapshot();

    /** Copies the elements from one index, inclusive, to another, exclusive. */
    A copy(int from, int to);

    /** Overwrites the elements from an index on by those of an array. */
    void write(int index, A elements);
}
