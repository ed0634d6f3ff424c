package io.outrider.manager.proxy;

import io.outrider.actor.ActorSecret;
import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteCallable;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteFactory;
import io.outrider.api.RemoteObject;
import io.outrider.engine.endpoint.Endpoints;
import io.outrider.error.CallRejectedException;
import io.outrider.manager.Manager;
import io.outrider.manager.SharedArray;
import io.outrider.manager.SharedIterator;
import io.outrider.manager.SharedList;
import io.outrider.manager.SharedLong;
import io.outrider.manager.SharedMap;
import io.outrider.manager.SharedNamespace;
import io.outrider.manager.SharedPool;
import io.outrider.manager.SharedQueue;
import io.outrider.manager.SharedReference;
import io.outrider.manager.SharedSet;
import io.outrider.manager.hosted.HostedArray;
import io.outrider.manager.hosted.HostedBarrier;
import io.outrider.manager.hosted.HostedEvent;
import io.outrider.manager.hosted.HostedIterator;
import io.outrider.manager.hosted.HostedList;
import io.outrider.manager.hosted.HostedLock;
import io.outrider.manager.hosted.HostedLong;
import io.outrider.manager.hosted.HostedMap;
import io.outrider.manager.hosted.HostedPool;
import io.outrider.manager.hosted.HostedQueue;
import io.outrider.manager.hosted.HostedReference;
import io.outrider.manager.hosted.HostedSemaphore;
import io.outrider.manager.hosted.HostedSet;
import io.outrider.manager.port.ArrayPort;
import io.outrider.manager.port.BarrierPort;
import io.outrider.manager.port.CollectionPort;
import io.outrider.manager.port.EventPort;
import io.outrider.manager.port.IteratorPort;
import io.outrider.manager.port.ListPort;
import io.outrider.manager.port.LockPort;
import io.outrider.manager.port.LongPort;
import io.outrider.manager.port.MapPort;
import io.outrider.manager.port.PoolPort;
import io.outrider.manager.port.QueuePort;
import io.outrider.manager.port.ReferencePort;
import io.outrider.manager.port.SemaphorePort;
import io.outrider.manager.sync.SharedBarrier;
import io.outrider.manager.sync.SharedEvent;
import io.outrider.manager.sync.SharedLock;
import io.outrider.manager.sync.SharedReadWriteLock;
import io.outrider.manager.sync.SharedSemaphore;
import io.outrider.protocol.SharedFactory;
import io.outrider.stub.Proxies;
import io.outrider.stub.Stub;
import java.lang.reflect.Array;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Makes the objects of a manager in a worker of an executor, and keeps their handles. */
public final class WorkerManager implements Manager {
    private record UserType<T>(Class<T> contract, RemoteFactory<? extends T> factory) {}

    private final RemoteExecutor executor;
    private final int workerId;
    private final boolean ownsExecutor;
    private final Map<Object, RemoteObject<?>> handles = new ConcurrentHashMap<>(); // by stub
    private final Map<String, UserType<?>> userTypes = new ConcurrentHashMap<>();

    private @Nullable MapPort front; // guarded by this

    /**
     * @param executor has the worker
     * @param workerId of the worker
     * @param ownsExecutor whether to close it
     */
    public WorkerManager(final RemoteExecutor executor, final int workerId, final boolean ownsExecutor) {
        this.executor = executor;
        this.workerId = workerId;
        this.ownsExecutor = ownsExecutor;
    }

    @Override
    public SharedNamespace names() {
        return new NamespaceProxy(front());
    }

    private synchronized MapPort front() {
        requireOwn();
        MapPort names = front;
        if (names == null) {
            final MapPort made = make(MapPort.class, HostedMap::new);
            executor.join(executor.submit(workerId, () -> putInFront(made)));
            names = made;
            front = made;
        }
        return names;
    }

    /** In the worker: has those who connect find these names. */
    private static boolean putInFront(final MapPort names) {
        Objects.requireNonNull(Endpoints.ofProcess().home()).front((Stub) names);
        return true;
    }

    private void requireOwn() {
        if (!ownsExecutor) {
            throw new CallRejectedException("a manager in a worker of an executor can't be connected to:"
                    + " start it by Managers.start, or send what it made to who needs it");
        }
    }

    @Override
    public String address() {
        return Proxies.addressOf(front());
    }

    @Override
    public ActorSecret secret() {
        requireOwn();
        return ActorSecret.of(executor, workerId);
    }

    private <P> P make(final Class<P> contract, final SharedFactory<? extends P> factory) {
        final RemoteObject<P> handle = executor.create(contract, factory, ObjectOptions.DEFAULT.on(workerId));
        handles.put(handle.stub(), handle);
        return handle.stub();
    }

    private static int require(final String what, final int value, final int least) {
        if (value < least) {
            throw new IllegalArgumentException(what + " is " + value + ": it must be " + least + " or more");
        }
        return value;
    }

    @Override
    public <K, V> SharedMap<K, V> map() {
        return new MapProxy<>(make(MapPort.class, HostedMap::new));
    }

    @Override
    public <E extends @Nullable Object> SharedList<E> list() {
        return new ListProxy<>(make(ListPort.class, HostedList::new));
    }

    @Override
    public <E extends @Nullable Object> SharedSet<E> set() {
        return new SetProxy<>(make(CollectionPort.class, HostedSet::new));
    }

    @Override
    public <E> SharedQueue<E> queue() {
        return queue(Integer.MAX_VALUE);
    }

    @Override
    public <E> SharedQueue<E> queue(final int capacity) {
        require("capacity", capacity, 1);
        return new QueueProxy<>(make(QueuePort.class, () -> new HostedQueue(capacity)));
    }

    @Override
    public SharedLock lock() {
        return new LockProxy(make(LockPort.class, () -> new HostedLock(false)), false);
    }

    @Override
    public SharedLock reentrantLock() {
        return new LockProxy(make(LockPort.class, () -> new HostedLock(true)), false);
    }

    @Override
    public SharedReadWriteLock readWriteLock() {
        return new ReadWriteLockProxy(make(LockPort.class, () -> new HostedLock(true)));
    }

    @Override
    public SharedSemaphore semaphore(final int permits) {
        require("permits", permits, 0);
        return new SemaphoreProxy(make(SemaphorePort.class, () -> new HostedSemaphore(permits, false)));
    }

    @Override
    public SharedSemaphore boundedSemaphore(final int permits) {
        require("permits", permits, 0);
        return new SemaphoreProxy(make(SemaphorePort.class, () -> new HostedSemaphore(permits, true)));
    }

    @Override
    public SharedEvent event() {
        return new EventProxy(make(EventPort.class, HostedEvent::new));
    }

    @Override
    public SharedBarrier barrier(final int parties) {
        require("parties", parties, 1);
        return new BarrierProxy(make(BarrierPort.class, () -> new HostedBarrier(parties, null)));
    }

    @Override
    public SharedBarrier barrier(final int parties, final RemoteCallable<?> action) {
        require("parties", parties, 1);
        Objects.requireNonNull(action, "action");
        return new BarrierProxy(make(BarrierPort.class, () -> new HostedBarrier(parties, action)));
    }

    @Override
    public SharedLong number(final long initial) {
        return new LongProxy(make(LongPort.class, () -> new HostedLong(initial)));
    }

    @Override
    public <V extends @Nullable Object> SharedReference<V> value(final V initial) {
        return new ReferenceProxy<>(make(ReferencePort.class, () -> new HostedReference(initial)));
    }

    @Override
    public <A> SharedArray<A> array(final A initial) {
        final Class<?> element = initial.getClass().componentType();
        if (element == null || !element.isPrimitive()) {
            throw new IllegalArgumentException("an array of primitives is wanted, not a "
                    + initial.getClass().getTypeName());
        }
        return new ArrayProxy<>(make(ArrayPort.class, () -> new HostedArray(initial)), Array.getLength(initial));
    }

    @Override
    public SharedNamespace namespace() {
        return new NamespaceProxy(make(MapPort.class, HostedMap::new));
    }

    @Override
    public SharedPool pool(final int threads) {
        require("threads", threads, 1);
        return new PoolProxy(make(PoolPort.class, () -> new HostedPool(threads)));
    }

    @Override
    public <E extends @Nullable Object> SharedIterator<E> iterator(final RemoteFactory<? extends Iterator<E>> factory) {
        return iterator(factory, 1);
    }

    @Override
    public <E extends @Nullable Object> SharedIterator<E> iterator(
            final RemoteFactory<? extends Iterator<E>> factory, final int batch) {
        require("batch", batch, 1);
        return new IteratorProxy<>(make(IteratorPort.class, () -> new HostedIterator(factory.create())), batch);
    }

    @Override
    public <T> void register(final String name, final Class<T> contract, final RemoteFactory<? extends T> factory) {
        Objects.requireNonNull(factory, "factory");
        if (userTypes.putIfAbsent(name, new UserType<>(contract, factory)) != null) {
            throw new IllegalArgumentException("a type " + name + " is registered already");
        }
    }

    @Override
    @SuppressWarnings("unchecked") // compared
    public <T> T create(final String name, final Class<T> contract) {
        final UserType<?> type = userTypes.get(name);
        if (type == null) {
            throw new IllegalArgumentException("no type " + name + " is registered, only " + userTypes.keySet());
        }
        if (type.contract() != contract) {
            throw new IllegalArgumentException(
                    name + " was registered with " + type.contract().getName() + ", not " + contract.getName());
        }
        return make(contract, ((UserType<T>) type).factory()::create);
    }

    @Override
    public void release(final Object shared) {
        final RemoteObject<?> handle = handles.remove(shared instanceof Ported proxy ? proxy.port() : shared);
        if (handle == null) {
            throw new IllegalArgumentException(
                    shared.getClass().getSimpleName() + " was not made by this manager, or is released");
        }
        handle.close();
    }

    @Override
    public int workerId() {
        return workerId;
    }

    @Override
    public void close() {
        // First, so that those who wait are told and the worker has nothing to wait for.
        handles.values().forEach(RemoteObject::close);
        handles.clear();
        if (ownsExecutor) {
            executor.close();
        }
    }
}
