package io.outrider.manager;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A first-in-first-out queue that several processes share, bounded or not, without nulls. It counts what was taken and
 * not yet said to be done, so that one can wait for the end of the work. Elements are copied. Safe from any thread. Who
 * waits for an element or for room gets it in the order of coming; waiting ends on interrupt and takes no thread of the
 * worker. If the worker dies each method fails with {@link io.outrider.error.WorkerDiedException}.
 *
 * <p><b>Round trips.</b> One for each method, also {@code addAll}, {@code drainTo}, {@code clear}, {@code contains},
 * {@code toArray} and {@link #snapshot}; one that must wait is two. Iterators are one, and one for each removal: they
 * go over the elements as they were when the iterator was made. {@code removeAll}, {@code retainAll} and {@code
 * removeIf} work through an iterator, here.
 *
 * <p><b>Done.</b> Whoever takes an element from the head ({@code take}, {@code poll}, {@code remove()}, {@code
 * drainTo}) says {@link #taskDone} for it; elements that are removed otherwise are done by that. If a process dies that
 * has taken elements and not said so, they count as done, so that nobody waits for it for ever, and {@link #isBroken}
 * says that they were not.
 *
 * @param <E> elements
 */
public interface SharedQueue<E> extends BlockingQueue<E> {
    /**
     * Copies all elements.
     *
     * @return a list of the caller's own, from head to tail
     */
    List<E> snapshot();

    /**
     * Says that an element that was taken is done. Any process may say so for any other.
     *
     * @throws IllegalStateException if all that was taken is done
     */
    void taskDone();

    /**
     * Waits until all elements that were added were taken and are done.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void join() throws InterruptedException;

    /**
     * Waits until all elements that were added were taken and are done, for some time.
     *
     * @param time how long
     * @param unit of the time
     * @return whether they are
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    boolean join(long time, TimeUnit unit) throws InterruptedException;

    /**
     * How many elements were added and are not done.
     *
     * @return as it was a moment ago
     */
    int unfinished();

    /**
     * Whether a process died that had taken elements and not said that they are done, and nobody has called {@link
     * #mend} since.
     *
     * @return true if so
     */
    boolean isBroken();

    /** Says that what was lost has been seen to. */
    void mend();
}
