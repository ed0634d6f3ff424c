package io.outrider.worker.host;

import io.outrider.api.RemoteFactory;
import io.outrider.contract.Contract;
import io.outrider.error.ContractException;
import io.outrider.protocol.ObjectSystem;
import io.outrider.protocol.SharedFactory;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Makes and releases the objects that live here; see {@link ObjectSystem}. Safe from any thread. */
public final class HostedSystem implements ObjectSystem {
    private final ObjectTable objects;
    private final ClassLoader loader;
    private final Executor threads;

    public HostedSystem(final ObjectTable objects, final ClassLoader loader, final Executor threads) {
        this.objects = objects;
        this.loader = loader;
        this.threads = threads;
    }

    @Override
    public long create(final String contract, final long digest, final int concurrency, final RemoteFactory<?> factory)
            throws InvocationTargetException {
        final Contract<?> agreed = agree(contract, digest);
        final @Nullable Object target;
        try {
            target = factory.create();
        } catch (final Throwable thrown) { // the user's: goes back as what the factory threw
            throw new InvocationTargetException(thrown);
        }
        final HostedObject added = add(agreed, target, concurrency, "the factory");
        if (factory instanceof SharedFactory<?>) {
            added.share();
        }
        return added.id();
    }

    @Override
    public long construct(
            final String contract,
            final long digest,
            final int concurrency,
            final String implementation,
            final @Nullable Object[] arguments)
            throws InvocationTargetException {
        final Contract<?> agreed = agree(contract, digest);
        final Class<?> type = load(implementation);
        if (!agreed.type().isAssignableFrom(type)) {
            throw new ContractException(implementation + " does not implement " + contract);
        }
        final Constructor<?> constructor = Constructors.find(type, arguments);
        try {
            return add(agreed, constructor.newInstance(arguments), concurrency, "the constructor")
                    .id();
        } catch (final InstantiationException | IllegalAccessException unusable) {
            throw new ContractException(implementation + " can't be made: " + unusable.getMessage(), unusable);
        }
    }

    @Override
    public void verify(final String contract, final long digest) {
        agree(contract, digest);
    }

    @Override
    public void release(final long objectId) {
        final HostedObject released = objects.find(objectId);
        if (released != null && released.disown()) {
            if (released.isShared() && !released.isOwned()) {
                objects.end(released);
            } else {
                objects.release(released);
            }
        }
    }

    private HostedObject add(
            final Contract<?> contract, final @Nullable Object target, final int concurrency, final String maker)
            throws InvocationTargetException {
        if (!contract.type().isInstance(target)) {
            throw new InvocationTargetException(new IllegalStateException(maker + " made "
                    + (target == null ? "null" : "a " + target.getClass().getName()) + ", which is no "
                    + contract.name()));
        }
        final HostedObject made = objects.export(target, contract, concurrency, threads); // which may be here already
        made.own();
        return made;
    }

    private Contract<?> agree(final String name, final long digest) {
        final Contract<?> own = Contract.of(load(name));
        if (own.digest() != digest) {
            throw new ContractException("the versions of contract " + name + " differ: the launcher's has digest "
                    + Long.toHexString(digest) + ", the worker's " + Long.toHexString(own.digest())
                    + ": give both the same class path");
        }
        return own;
    }

    private Class<?> load(final String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (final ClassNotFoundException | LinkageError missing) {
            throw new ContractException(
                    "the worker can't load " + name + " (" + missing + "): add it to the worker's class path", missing);
        }
    }
}
