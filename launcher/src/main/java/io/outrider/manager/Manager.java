package io.outrider.manager;

import io.outrider.actor.ActorSecret;
import io.outrider.api.RemoteCallable;
import io.outrider.api.RemoteFactory;
import io.outrider.manager.sync.SharedBarrier;
import io.outrider.manager.sync.SharedEvent;
import io.outrider.manager.sync.SharedLock;
import io.outrider.manager.sync.SharedReadWriteLock;
import io.outrider.manager.sync.SharedSemaphore;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Makes objects that several processes share, in one worker: those of the JDK's interfaces, and any of the user's. Each
 * method makes a new object and is one round trip; what it returns may be used by any thread, and sent to code in any worker, the
 * manager's own among them, where it is the same object. Safe from any thread. An object lives until it is {@linkplain #release
 * released} or the manager is closed, and dies with its worker.
 *
 * <p>The idea, and most of the types, are those of Python's {@code multiprocessing.managers}.
 */
public interface Manager extends AutoCloseable {
    /** Makes a map. */
    <K, V> SharedMap<K, V> map();

    /** Makes a list. */
    <E extends @Nullable Object> SharedList<E> list();

    /** Makes a set. */
    <E extends @Nullable Object> SharedSet<E> set();

    /** Makes a queue without a bound. */
    <E> SharedQueue<E> queue();

    /** Makes a queue of at most so many elements, 1 or more. */
    <E> SharedQueue<E> queue(int capacity);

    /** Makes a lock that its holder can't take again. */
    SharedLock lock();

    /** Makes a lock that its holder may take again. */
    SharedLock reentrantLock();

    /** Makes a lock for one writer or several readers. */
    SharedReadWriteLock readWriteLock();

    /** Makes a semaphore; it may come to have more permits. */
    SharedSemaphore semaphore(int permits);

    /** Makes a semaphore that never has more permits. */
    SharedSemaphore boundedSemaphore(int permits);

    /** Makes an event that is not set. */
    SharedEvent event();

    /** Makes a barrier for so many threads, 1 or more. */
    SharedBarrier barrier(int parties);

    /**
     * Makes a barrier with an action that runs in the worker when all have come, before they go on. While it runs an interrupt, a
     * time limit or a death breaks nothing any more; what it throws goes to the last one who came, and the others find the barrier
     * broken.
     */
    SharedBarrier barrier(int parties, RemoteCallable<?> action);

    /** Makes a number. */
    SharedLong number(long initial);

    /** Makes a value. */
    <V extends @Nullable Object> SharedReference<V> value(V initial);

    /**
     * Makes an array of primitives.
     *
     * @param initial its elements at first, copied: a {@code long[]}, say
     * @param <A> the array
     * @return the array
     * @throws IllegalArgumentException if that is no array of primitives
     */
    <A> SharedArray<A> array(A initial);

    /** Makes a namespace. */
    SharedNamespace namespace();

    /** Makes a pool of so many threads, 1 or more. */
    SharedPool pool(int threads);

    /**
     * Makes an iterator that runs in the worker. Each element is one round trip, and shows what the iterator then
     * gives. The result is for one thread, and can't remove.
     *
     * @param factory makes it, in the worker
     * @param <E> elements
     * @return gives what that gives, copied; what that throws is thrown
     */
    <E extends @Nullable Object> SharedIterator<E> iterator(RemoteFactory<? extends Iterator<E>> factory);

    /**
     * Makes an iterator that runs in the worker and sends several elements in one round trip, taken ahead of their use.
     *
     * @param factory makes it, in the worker
     * @param batch how many, 1 or more
     * @param <E> elements
     * @return gives what that gives, copied; what that throws is thrown
     */
    <E extends @Nullable Object> SharedIterator<E> iterator(RemoteFactory<? extends Iterator<E>> factory, int batch);

    /**
     * Names a type of the user's.
     *
     * @param name for {@link #create}
     * @param contract by which its objects are called
     * @param factory makes one, in the worker
     * @param <T> the contract
     * @throws IllegalArgumentException if the name is taken
     */
    <T> void register(String name, Class<T> contract, RemoteFactory<? extends T> factory);

    /**
     * Makes an object of a type that was registered.
     *
     * @param name of the type
     * @param contract as it was registered
     * @param <T> the contract
     * @return its stub
     * @throws IllegalArgumentException if no such type was registered, or with another contract
     */
    <T> T create(String name, Class<T> contract);

    /**
     * Lets an object go that this manager made, whoever holds or uses it. Who waits for it, in whatever process, fails with
     * {@link io.outrider.error.ClosedException}, as each later use does; calls that came before still run.
     *
     * @param shared what one of the methods above returned
     * @throws IllegalArgumentException if this manager did not make it, or has released it
     */
    void release(Object shared);

    /** The worker that holds the objects. */
    int workerId();

    /**
     * What processes find that {@linkplain Managers#connect connect}: what they may use, by names that both sides know. What
     * this manager made is live there, anything else a copy.
     *
     * @return the same namespace every time
     * @throws io.outrider.error.CallRejectedException if the worker was not {@linkplain Managers#start() started} for this manager
     */
    SharedNamespace names();

    /**
     * Where processes connect that were not started by this one or those below it.
     *
     * @return the path of a socket
     * @throws io.outrider.error.CallRejectedException if the worker was not started for this manager
     */
    String address();

    /**
     * What they need beside the address.
     *
     * @return the secret of this manager's worker alone
     * @throws io.outrider.error.CallRejectedException if the worker was not started for this manager
     */
    ActorSecret secret();

    /** Releases all objects; ends the worker, if it was started for them. Idempotent, and blocks until that is done. */
    @Override
    void close();
}
