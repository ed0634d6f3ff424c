package io.outrider.manager.port;

import io.outrider.api.Uninterruptible;
import io.outrider.api.function.RemoteUnaryOperator;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A list: each method as that of {@link java.util.List}, and atomic. */
@Uninterruptible
public interface ListPort extends CollectionPort {
    /** Gets an element. */
    @Nullable
    Object get(int index);

    /** Gets the element at an index, in an array; an empty one if there is none. */
    @Nullable
    Object[] at(int index);

    /** Replaces an element. */
    @Nullable
    Object set(int index, @Nullable Object element);

    /** Inserts an element. */
    void insert(int index, @Nullable Object element);

    /** Inserts elements. */
    boolean insertAll(int index, @Nullable Object[] elements);

    /** Removes the element at an index. */
    @Nullable
    Object removeAt(int index);

    /** Removes the elements of a range. */
    void removeRange(int from, int to);

    /** Finds the first that equals an element. */
    int indexOf(@Nullable Object element);

    /** Finds the last that equals an element. */
    int lastIndexOf(@Nullable Object element);

    /** Replaces each element by what the operator makes of it. */
    void replaceAll(RemoteUnaryOperator<@Nullable Object> operator);

    /** Sorts; by the elements' own order if there is no comparator. */
    void sort(@Nullable Comparator<@Nullable Object> comparator);
}
