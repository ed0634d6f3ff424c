package io.outrider.worker.host;

import io.outrider.api.ActorHooks;
import io.outrider.api.RemoteFactory;
import io.outrider.contract.Contract;
import io.outrider.engine.endpoint.Endpoints;
import io.outrider.engine.endpoint.Home;
import io.outrider.error.ContractException;
import io.outrider.protocol.ActorSystem;
import io.outrider.stub.Stub;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/** Makes the actor of a worker and runs its hooks; see {@link ActorSystem}. Safe from any thread. */
public final class ActorRoot implements ActorSystem {
    private final Object actor;
    private final Object stub;

    /**
     * Makes the actor by a factory.
     *
     * @param contract binary name of the interface
     * @param concurrency how many calls may run in it at once
     * @param factory makes it
     * @throws Exception what the factory throws
     */
    public ActorRoot(final String contract, final int concurrency, final RemoteFactory<?> factory) throws Exception {
        this(contract, concurrency, factory.create());
    }

    /**
     * Makes the actor by a constructor.
     *
     * @param contract binary name of the interface
     * @param concurrency how many calls may run in it at once
     * @param implementation binary name of its class
     * @param arguments for the constructor
     * @throws Throwable what the constructor throws
     */
    public ActorRoot(
            final String contract,
            final int concurrency,
            final String implementation,
            final @Nullable Object[] arguments)
            throws Throwable {
        this(contract, concurrency, construct(implementation, arguments));
    }

    private ActorRoot(final String contract, final int concurrency, final @Nullable Object made) {
        if (made == null) {
            throw new ContractException("the factory of an actor made null");
        }
        actor = made;
        stub = Endpoints.ofProcess().export(made, Contract.of(load(contract)), concurrency);
    }

    private static Object construct(final String implementation, final @Nullable Object[] arguments) throws Throwable {
        try {
            return Constructors.find(load(implementation), arguments).newInstance(arguments);
        } catch (final InvocationTargetException thrown) {
            throw thrown.getTargetException();
        }
    }

    private static Class<?> load(final String name) {
        try {
            return Class.forName(name, false, ClassLoader.getSystemClassLoader());
        } catch (final ClassNotFoundException e) {
            throw new ContractException("the worker can't load " + name + ": add it to the worker's class path", e);
        }
    }

    @Override
    public Object main() {
        return stub;
    }

    @Override
    public void enter() throws Exception {
        final Endpoints endpoints = Endpoints.ofProcess();
        final Home home = endpoints.home();
        if (home != null) {
            home.front((Stub) (Object) endpoints.export(this, Contract.of(ActorSystem.class), 1));
        }
        if (actor instanceof ActorHooks hooks) {
            hooks.onEnter();
        }
    }

    @Override
    public void exit() throws Exception {
        if (actor instanceof ActorHooks hooks) {
            hooks.onExit();
        }
    }

    @Override
    public void shutdown() throws Exception {
        if (actor instanceof ActorHooks hooks) {
            hooks.onShutdown();
        }
    }
}
