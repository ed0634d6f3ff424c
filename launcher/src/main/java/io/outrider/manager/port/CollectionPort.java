package io.outrider.manager.port;

import io.outrider.api.Uninterruptible;
import io.outrider.api.function.RemotePredicate;
import org.jspecify.annotations.Nullable;

/** A collection: each method as that of {@link java.util.Collection}, and atomic. */
@Uninterruptible
public interface CollectionPort {
    /**
     * The elements at one time.
     *
     * @param version grows with each change
     * @param elements in order
     */
    @SuppressWarnings("ArrayRecordComponent") // a message, compared by nobody
    record Content(long version, @Nullable Object[] elements) {}

    /** Tells how many elements there are. */
    int size();

    /** Tells whether an element is there. */
    boolean contains(@Nullable Object element);

    /** Tells whether all of these are there. */
    boolean containsAll(@Nullable Object[] elements);

    /** Adds an element. */
    boolean add(@Nullable Object element);

    /** Adds elements. */
    boolean addAll(@Nullable Object[] elements);

    /** Removes an element. */
    boolean remove(@Nullable Object element);

    /** Removes these. */
    boolean removeAll(@Nullable Object[] elements);

    /** Removes all but these. */
    boolean retainAll(@Nullable Object[] elements);

    /** Removes those that the predicate holds for. */
    boolean removeIf(RemotePredicate<@Nullable Object> predicate);

    /** Removes all. */
    void clear();

    /** Copies the elements. */
    @Nullable
    Object[] elements();

    /** Copies the elements, with what {@link #replaceContent} needs. */
    Content content();

    /** Replaces all elements unless a change was made since a version; tells whether it did. */
    boolean replaceContent(long version, @Nullable Object[] elements);
}
