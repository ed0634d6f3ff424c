package io.outrider.manager.port;

import io.outrider.api.Uninterruptible;
import io.outrider.api.Waits;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A queue, bounded or not, that counts what was taken and not yet done. */
@Uninterruptible
public interface QueuePort extends WaitPort {
    /** The outcome of a wait that got what it waited for. */
    int GRANTED = 0;

    /**
     * Its elements.
     *
     * @param ids by which they can be removed
     * @param elements from head to tail
     */
    @SuppressWarnings("ArrayRecordComponent") // a message, compared by nobody
    record Content(long[] ids, Object[] elements) {}

    /**
     * Adds an element if there is room.
     *
     * @param element to add
     * @return whether there was
     */
    boolean offer(Object element);

    /**
     * Adds elements as long as there is room.
     *
     * @param elements to add
     * @return how many were added
     */
    int offerAll(Object[] elements);

    /**
     * Waits for room and adds an element.
     *
     * @param element to add
     * @param thread of this client
     * @param timeoutNs from now, or {@link #FOR_EVER}
     * @return {@link #GRANTED}, {@link #TIMED_OUT} or {@link #CANCELLED}
     */
    @Waits
    CompletableFuture<Integer> put(Object element, long thread, long timeoutNs);

    /**
     * Takes the head.
     *
     * @return null if there is none
     */
    @Nullable
    Object poll();

    /**
     * Waits for an element and takes it.
     *
     * @param thread of this client
     * @param timeoutNs from now, or {@link #FOR_EVER}
     * @return null if the wait reached its time limit or was cancelled
     */
    @Waits
    CompletableFuture<@Nullable Object> take(long thread, long timeoutNs);

    /**
     * Takes elements.
     *
     * @param max how many at most
     * @return from the head on
     */
    Object[] drain(int max);

    /**
     * Looks at the head.
     *
     * @return null if there is none
     */
    @Nullable
    Object peek();

    /**
     * How many elements there are.
     *
     * @return 0 or more
     */
    int size();

    /**
     * How many more there is room for.
     *
     * @return {@link Integer#MAX_VALUE} if it is not bounded
     */
    int remaining();

    /**
     * Whether an element is in it.
     *
     * @param element to look for
     * @return true if so
     */
    boolean contains(Object element);

    /**
     * Removes the first that equals an element, as done.
     *
     * @param element to look for
     * @return whether there was one
     */
    boolean remove(Object element);

    /**
     * Removes an element, as done.
     *
     * @param id of it
     */
    void removeById(long id);

    /** Removes all elements, as done. */
    void clear();

    /**
     * All elements.
     *
     * @return a copy
     */
    Content content();

    /** Says that an element that was taken is done; an {@link IllegalStateException} if all were. */
    void taskDone();

    /**
     * Waits until all elements were taken and are done.
     *
     * @param thread of this client
     * @param timeoutNs from now, or {@link #FOR_EVER}
     * @return {@link #GRANTED}, {@link #TIMED_OUT} or {@link #CANCELLED}
     */
    @Waits
    CompletableFuture<Integer> join(long thread, long timeoutNs);

    /**
     * How many elements were added and are not done.
     *
     * @return 0 or more
     */
    int unfinished();

    /**
     * Whether a client was lost that had taken elements and had not said that they are done, and nobody has mended
     * that.
     *
     * @return true if so
     */
    boolean isBroken();

    /** Says that what was lost has been seen to. */
    void mend();
}
