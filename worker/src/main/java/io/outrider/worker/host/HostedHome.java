package io.outrider.worker.host;

import io.outrider.contract.Contract;
import io.outrider.engine.endpoint.Endpoints;
import io.outrider.engine.endpoint.Home;
import io.outrider.error.ClosedException;
import io.outrider.error.ContractException;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.remote.RemoteReference;
import io.outrider.protocol.TaskSystem;
import io.outrider.stub.CallPort;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.Stub;
import io.outrider.stub.StubFactory;
import io.outrider.worker.client.CallContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The objects of this worker as references name them. Safe from any thread. */
final class HostedHome implements Home {
    private final String address;
    private final int workerId;
    private final ObjectTable objects;
    private final Executor threads;
    private final GrantTable grants;
    private final LocalPort port;
    private volatile LongSupplier refusedCalls = () -> 0;
    private volatile LongSupplier refusedClients = () -> 0;
    private volatile @Nullable Stub front;
    private final int systems;

    HostedHome(
            final String address,
            final int workerId,
            final ObjectTable objects,
            final Executor threads,
            final Marshaller marshaller,
            final int maxPayloadBytes,
            final CallContext self) {
        this.address = address;
        this.workerId = workerId;
        this.objects = objects;
        this.threads = threads;
        this.grants = new GrantTable(objects::release, System::nanoTime);
        this.port = new LocalPort(this, objects, marshaller, maxPayloadBytes, self);
        this.systems = (int) TaskSystem.ID + 2;
    }

    GrantTable grants() {
        return grants;
    }

    /** What is refused, which others count. */
    void counting(final LongSupplier calls, final LongSupplier clients) {
        refusedCalls = calls;
        refusedClients = clients;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public int workerId() {
        return workerId;
    }

    @Override
    public long lend(final long objectId, final String addressee) {
        final HostedObject object = objects.find(objectId);
        return object != null && object.tryRetain() ? grants.lend(object, addressee) : 0;
    }

    @Override
    public void gone(final String addressee) {
        grants.gone(addressee);
    }

    @Override
    public void tend() {
        grants.expire();
    }

    @Override
    public Object takeIn(final RemoteReference reference) {
        final HostedObject object = objects.find(reference.objectId());
        if (object != null && isMisnamed(reference, object)) {
            grants.drop(reference.grant());
            throw new ContractException("a reference has come back to worker " + workerId + " as one to a "
                    + reference.contract().getName() + ", and names " + object);
        }
        if (object == null || (object.isShared() && !object.tryRetain())) {
            throw new ClosedException("a reference has come back to worker " + workerId + " whose object "
                    + Long.toHexString(reference.objectId()) + " is gone");
        }
        grants.drop(reference.grant());
        return object.isShared() ? stubOf(object) : object.target();
    }

    private static boolean isMisnamed(final RemoteReference reference, final HostedObject object) {
        return object.contract().type() != reference.contract()
                || object.contract().digest() != reference.digest();
    }

    /** A stub that takes over one hold of an object. */
    private Object stubOf(final HostedObject held) {
        final long id = held.id();
        final ObjectRef ref = new ObjectRef(address, workerId, id, held.contract());
        ref.releasedBy(Endpoints.ofProcess().guard(ref, () -> letGo(id)));
        return StubFactory.of(held.contract()).newStub(port, ref);
    }

    @Override
    public void letGo(final long objectId) {
        final HostedObject object = objects.find(objectId);
        if (object != null) {
            objects.release(object);
        }
    }

    @Override
    public ObjectRef export(final Object object, final Contract<?> contract, final int concurrency) {
        return new ObjectRef(
                address, workerId, host(object, contract, concurrency).id(), contract);
    }

    /** Exports an object; the caller has one hold of it. */
    HostedObject host(final Object object, final Contract<?> contract, final int concurrency) {
        if (object instanceof Stub stub) {
            throw new ContractException(
                    stub + " is a proxy already and its object lives elsewhere: pass it on as it is");
        }
        if (!contract.type().isInstance(object)) {
            throw new ContractException("a " + object.getClass().getName() + " can't be exported as " + contract.name()
                    + ", which it does not implement");
        }
        return objects.export(object, contract, concurrency, threads);
    }

    @Override
    public CallPort port() {
        return port;
    }

    @Override
    public void front(final @Nullable Stub stub) {
        front = stub;
    }

    @Nullable
    Stub front() {
        return front;
    }

    String[] describeObjects() {
        final List<String> parts = new ArrayList<>();
        objects.forEach(object -> {
            if (object.id() >= systems) {
                parts.add(Long.toHexString(object.id()));
                parts.add(object.contract().name());
                parts.add(object.target().getClass().getName());
                parts.add(Integer.toString(object.holders()));
            }
        });
        return parts.toArray(new String[0]);
    }

    long[] counts() {
        return new long[] {
            objects.count() - systems,
            grants.count(),
            grants.unclaimed(),
            refusedCalls.getAsLong(),
            refusedClients.getAsLong()
        };
    }
}
