package io.outrider.api;

import io.outrider.error.ClosedException;
import io.outrider.error.ContractException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object that follows the current executor: a call on its stub goes to an object in the executor of the innermost
 * {@link ExecutorScope} that the calling thread is in, and where there is none it runs at once on the calling thread, without a copy of
 * anything. Each executor gets an object of its own, made by the factory at the first call there. Safe from any thread.
 *
 * @param <T> the contract
 */
public final class ScopedObject<T> implements AutoCloseable {
    private final Map<RemoteExecutor, RemoteObject<T>> objects = new LinkedHashMap<>(); // guarded by this
    private final Class<T> contract;
    private final RemoteFactory<? extends T> factory;
    private final T stub;
    private @Nullable T local; // guarded by this
    private boolean closed; // guarded by this

    private ScopedObject(final Class<T> contract, final RemoteFactory<? extends T> factory) {
        this.contract = contract;
        this.factory = factory;
        this.stub = contract.cast(
                Proxy.newProxyInstance(contract.getClassLoader(), new Class<?>[] {contract}, this::invoke));
    }

    /**
     * Makes a scoped object. Nothing is made by the factory before the first call.
     *
     * @param contract the interface by which it is called
     * @param factory makes the object of each executor, and the one of this thread's process
     * @param <T> the interface
     * @return the object, to be closed
     */
    public static <T> ScopedObject<T> of(final Class<T> contract, final RemoteFactory<? extends T> factory) {
        if (!contract.isInterface()) {
            throw new ContractException(contract.getName() + " can't be a contract: it is not an interface");
        }
        return new ScopedObject<>(contract, Objects.requireNonNull(factory, "factory"));
    }

    /**
     * The object as its contract.
     *
     * @return the same stub every time, safe from any thread
     */
    public T stub() {
        return stub;
    }

    private @Nullable Object invoke(
            final Object proxy, final Method method, final @Nullable Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && arguments[0] == proxy;
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "scoped " + contract.getSimpleName();
            };
        }
        method.setAccessible(true); // a contract need not be public
        try {
            return method.invoke(target(), arguments);
        } catch (final InvocationTargetException thrown) {
            throw Objects.requireNonNullElse(thrown.getTargetException(), thrown);
        }
    }

    private T target() throws Exception {
        final RemoteExecutor executor = ExecutorScope.current().orElse(null);
        synchronized (this) {
            if (closed) {
                throw new ClosedException("the scoped object was closed: nothing was called");
            }
            if (executor == null) {
                if (local == null) {
                    local = factory.create();
                }
                return local;
            }
            RemoteObject<T> object = objects.get(executor);
            if (object == null) {
                object = executor.create(contract, factory);
                objects.put(executor, object);
            }
            return object.stub();
        }
    }

    /** Lets the objects in all executors go. Idempotent. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            objects.values().forEach(RemoteObject::close);
            objects.clear();
        }
    }
}
