package io.outrider.engine.endpoint;

import io.outrider.contract.Contract;
import io.outrider.engine.CallClient;
import io.outrider.error.CallRejectedException;
import io.outrider.error.ClosedException;
import io.outrider.error.ContractException;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.remote.Referable;
import io.outrider.marshal.remote.RemoteReference;
import io.outrider.marshal.remote.RemoteReferences;
import io.outrider.protocol.control.ControlMessage.Vocabulary;
import io.outrider.protocol.control.SecretToken;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.Stub;
import io.outrider.stub.StubFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The workers that this process can call, by address. There is one for the process, since a reference that arrives over one
 * link may name a worker that is known from another. Safe from any thread. What it starts for itself ends with the last of
 * those that {@link #enter}.
 */
public final class Endpoints implements RemoteReferences {
    private static final Endpoints OF_PROCESS = new Endpoints();

    private final Map<String, Endpoint> byAddress = new ConcurrentHashMap<>();
    private final Aliases aliases = new Aliases();
    private volatile @Nullable Home home;
    private volatile @Nullable Guards guards; // while there are users
    private int users; // guarded by this
    private @Nullable Replying replying; // guarded by this

    private Endpoints() {}

    /**
     * That of this process.
     *
     * @return the same object every time
     */
    public static Endpoints ofProcess() {
        return OF_PROCESS;
    }

    /** Somebody uses workers, until {@link #leave}. */
    public synchronized void enter() {
        if (users++ == 0) {
            guards = new Guards(byAddress::values, this::tend).start();
        }
    }

    private void tend() {
        final Home here = home;
        if (here != null) {
            here.tend();
        }
    }

    /**
     * For a worker: references to its own objects lead here.
     *
     * @param objects of this process
     */
    public void settleAt(final Home objects) {
        home = objects;
        enter();
    }

    /**
     * The objects of this process.
     *
     * @return null if it is no worker
     */
    public @Nullable Home home() {
        return home;
    }

    /** Undoes {@link #enter}; the last one closes the links that this process has made to workers of others. */
    public void leave() {
        final List<Endpoint> all;
        final Replying ending;
        final Guards looking;
        synchronized (this) {
            if (--users > 0) {
                return;
            }
            all = new ArrayList<>(byAddress.values());
            byAddress.clear();
            ending = replying;
            replying = null;
            looking = guards;
            guards = null;
        }
        if (looking != null) {
            looking.close();
        }
        all.forEach(Endpoint::close);
        if (ending != null) {
            ending.close();
        }
    }

    /**
     * The worker at an address.
     *
     * @param address of its socket
     * @return the same object every time, attached to or not
     */
    public Endpoint at(final String address) {
        return byAddress.computeIfAbsent(
                aliases.resolve(address), each -> new Endpoint(each, this::replying, this::gone));
    }

    /**
     * Has references that name one address take the link to another: the same worker may be known by several, as across the
     * border of a container.
     *
     * @param alias as references name it
     * @param address as this process reaches it
     * @return undoes it, to be run once
     */
    public Runnable capture(final String alias, final String address) {
        aliases.add(alias, address);
        return () -> aliases.remove(alias, address);
    }

    /**
     * Has something done once nothing in this process stands for a worker any more: neither a stub of an object of it, nor a handle.
     *
     * @param address of the worker
     * @param handle that counts until it is collected
     * @param then must not block, nor refer to the handle
     * @return has the handle count no more; may be run again
     */
    public Runnable onUnused(final String address, final Object handle, final Runnable then) {
        final Endpoint endpoint = at(address);
        endpoint.enter();
        endpoint.onUnused(then);
        return guard(handle, endpoint::leave);
    }

    @Override
    public RemoteReference leave(final Referable referable, final String addressee) {
        final ObjectRef ref = ((Stub) referable).outriderRef().current();
        if (ref.isClosed()) {
            throw new ClosedException(ref + " was closed: it can't be sent");
        }
        final Home here = home;
        final long grant = here != null && here.address().equals(ref.address())
                ? here.lend(ref.objectId(), addressee)
                : at(ref.address()).lend(ref.objectId(), addressee.startsWith("#") ? "" : addressee);
        final Contract<?> contract = ref.contract();
        return new RemoteReference(
                contract.type(), contract.digest(), ref.address(), ref.workerId(), ref.objectId(), grant);
    }

    @Override
    public Object arrive(final RemoteReference reference) {
        final Home here = home;
        if (here != null && here.address().equals(reference.address())) {
            return here.takeIn(reference);
        }
        final Contract<?> contract = Contract.of(reference.contract());
        if (contract.digest() != reference.digest()) {
            throw new ContractException("a reference came by another version of the contract " + contract.name()
                    + ": give both sides the same class path");
        }
        final Endpoint endpoint = at(reference.address());
        final ObjectRef ref = new ObjectRef(endpoint.address(), reference.workerId(), reference.objectId(), contract);
        final long grant = reference.grant();
        if (grant != 0) {
            endpoint.claim(grant);
        }
        endpoint.enter();
        ref.releasedBy(guard(ref, () -> {
            if (grant != 0) {
                endpoint.drop(grant);
            }
            endpoint.leave();
        }));
        return StubFactory.of(contract).newStub(endpoint.port(), ref);
    }

    /**
     * Makes a stub of an object of this process, which keeps the object as long as it lives.
     *
     * @param object any object
     * @param contract by which it is called
     * @param concurrency how many calls may run in it at once
     * @param <T> the contract
     * @return the stub
     * @throws CallRejectedException if this process is no worker
     */
    public <T> T export(final Object object, final Contract<T> contract, final int concurrency) {
        final Home here = home;
        if (here == null) {
            throw new CallRejectedException(
                    "only code that runs in a worker can export an object: this process is none");
        }
        final ObjectRef ref = here.export(object, contract, concurrency);
        final long objectId = ref.objectId();
        ref.releasedBy(guard(ref, () -> here.letGo(objectId)));
        return StubFactory.of(contract).newStub(here.port(), ref);
    }

    /**
     * Has something done once nothing in this process refers to an object any more.
     *
     * @param guarded the object
     * @param then must not block, nor refer to the object
     * @return has it done now, unless it was done; may be run again
     */
    public Runnable guard(final Object guarded, final Runnable then) {
        final Guards now = guards;
        return now == null ? () -> {} : now.guard(guarded, then); // without users nobody is told of anything
    }

    /**
     * For whoever started a worker: calls to it take the link by which it was started.
     *
     * @param address of the worker
     * @param client of the link
     */
    public void adopt(final String address, final CallClient client) {
        at(address).adopt(client);
    }

    /**
     * A worker is gone, and nobody will call it again.
     *
     * @param address of the worker
     */
    public void forget(final String address) {
        final Endpoint gone = byAddress.remove(address);
        if (gone != null) {
            gone.close();
        }
        gone(address);
    }

    /** What is on its way to a worker that is gone is kept by its owners no longer. */
    private void gone(final String address) {
        final Home here = home;
        if (here != null) {
            here.gone(address);
        }
        byAddress.values().forEach(endpoint -> endpoint.tellGone(address));
    }

    /**
     * Attaches to a worker by its own secret.
     *
     * @param address of its socket
     * @param secret that both sides hold
     * @param serializer that the worker must have, or null for whichever it has
     * @return the worker, attached to
     * @throws io.outrider.error.AuthenticationException if the secret is wrong
     * @throws io.outrider.error.ConfigurationException if it has another serializer, naming both, or one that is not to be had here
     * @throws io.outrider.error.OutriderException if the worker can't be reached
     */
    public Endpoint connect(final String address, final SecretToken secret, final @Nullable String serializer) {
        final Endpoint endpoint = at(address);
        endpoint.attachBy(secret, serializer);
        return endpoint;
    }

    private synchronized Replying replying() {
        if (replying == null) {
            replying = new Replying(this::agree).start();
        }
        return replying;
    }

    private Marshaller agree(final Vocabulary vocabulary) {
        final ClassLoader loader = ClassLoader.getSystemClassLoader();
        return Agreement.on(vocabulary, Marshaller.open(loader, this), loader, this);
    }
}
