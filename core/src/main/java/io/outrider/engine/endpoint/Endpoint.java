package io.outrider.engine.endpoint;

import io.outrider.contract.Contract;
import io.outrider.engine.CallClient;
import io.outrider.engine.ObjectHandle;
import io.outrider.error.ClosedException;
import io.outrider.error.OutriderException;
import io.outrider.error.WorkerDiedException;
import io.outrider.protocol.ReferenceSystem;
import io.outrider.protocol.attach.AttachDescriptor.KeyKind;
import io.outrider.protocol.attach.TrustDomain;
import io.outrider.protocol.control.SecretToken;
import io.outrider.stub.CallPort;
import io.outrider.stub.ObjectRef;
import io.outrider.telemetry.Log;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One incarnation of a worker as this process reaches it: over the link by which it started it, or over one that is made when
 * it is first needed. Safe from any thread.
 */
public final class Endpoint {
    private static final Log LOG = Log.of(Endpoint.class);
    /** Well before a lease ends; see {@link ReferenceSystem}. */
    private static final long CLAIM_WITHIN_NS = TimeUnit.MINUTES.toNanos(2);

    private final String address;
    private final Supplier<Replying> replying;
    private final Consumer<String> onGone;
    private final Object unsettled = new Object();
    private final Grants claimed = new Grants(); // guarded by unsettled
    private final Grants dropped = new Grants(); // guarded by unsettled
    private long claimedNs; // when the first of those claimed came; guarded by unsettled
    private final List<String> others = new ArrayList<>(); // workers that are gone; guarded by unsettled
    private boolean settling; // guarded by unsettled
    private volatile @Nullable ObjectHandle<ReferenceSystem> references;
    private final EndpointPort port = new EndpointPort(this);
    private final AtomicInteger users = new AtomicInteger(); // stubs and handles here
    private final List<Runnable> onUnused = new ArrayList<>(); // guarded by itself
    private volatile @Nullable CallClient client;
    private @Nullable Attachment attachment; // guarded by this

    Endpoint(final String address, final Supplier<Replying> replying, final Consumer<String> onGone) {
        this.address = address;
        this.replying = replying;
        this.onGone = onGone;
    }

    /**
     * Where the worker listens.
     *
     * @return the path of its socket
     */
    public String address() {
        return address;
    }

    /**
     * The client of its link; attaches if there is none yet, and then blocks for some milliseconds.
     *
     * @return the same object every time
     * @throws io.outrider.error.AuthenticationException if the worker belongs to somebody else
     * @throws OutriderException if it can't be reached
     */
    public CallClient client() {
        final CallClient known = client;
        return known != null ? known : attach(KeyKind.SHARED, TrustDomain.key(), null);
    }

    /** Whether there is a link already. */
    boolean isConnected() {
        return client != null;
    }

    /** For whoever started the worker: calls take this way from now on. */
    synchronized void adopt(final CallClient owners) {
        owners.arena().addressee(address);
        client = owners;
    }

    /** Attaches by the worker's own secret; where there is a link already, has that be proved all the same. */
    void attachBy(final SecretToken secret, final @Nullable String wanted) {
        if (isConnected()) {
            Attachment.prove(Path.of(address), secret);
        }
        attach(KeyKind.OWN, secret, wanted);
    }

    private synchronized CallClient attach(final KeyKind key, final SecretToken secret, final @Nullable String wanted) {
        final CallClient known = client;
        if (known != null) {
            Agreement.requireSerializer(wanted, known.serializer(), address);
            return known;
        }
        final Attachment made =
                Attachment.open(Path.of(address), new Attachment.Key(key, secret, wanted), replying.get(), this::lost);
        made.client().arena().addressee(address);
        attachment = made;
        client = made.client();
        return made.client();
    }

    /** Where stubs of this worker's objects send their calls. */
    CallPort port() {
        return port;
    }

    /** Something here stands for the worker or for an object of it, until {@link #leave}. */
    void enter() {
        users.incrementAndGet();
    }

    /** Undoes {@link #enter}. */
    void leave() {
        if (users.decrementAndGet() == 0) {
            final List<Runnable> now;
            synchronized (onUnused) {
                now = List.copyOf(onUnused);
                onUnused.clear();
            }
            now.forEach(Runnable::run);
        }
    }

    /** Says what runs once the last one that is here now or comes meanwhile has left; must not block. */
    void onUnused(final Runnable then) {
        synchronized (onUnused) {
            onUnused.add(then);
        }
    }

    /**
     * The system by which references to this worker's objects are counted.
     *
     * @return a stub; attaches if there is no link yet
     */
    public ReferenceSystem references() {
        return handle(client()).stub();
    }

    private ObjectHandle<ReferenceSystem> handle(final CallClient to) {
        final ObjectHandle<ReferenceSystem> known = references;
        if (known != null) {
            return known;
        }
        final Contract<ReferenceSystem> contract = Contract.of(ReferenceSystem.class);
        final ObjectRef ref = new ObjectRef(address, to.workerId(), ReferenceSystem.ID, contract);
        final ObjectHandle<ReferenceSystem> made = new ObjectHandle<>(to, contract, ref, Runnable::run, released -> {});
        references = made;
        return made;
    }

    /** Keeps an object for a reference to it; 0 if there is nothing to be kept any more, which whoever calls it will learn. */
    long lend(final long objectId, final String addressee) {
        try {
            return references().lend(objectId, addressee);
        } catch (final ClosedException | WorkerDiedException gone) {
            LOG.debug("a reference to object {} of {} goes out that leads nowhere", objectId, this, gone);
            return 0;
        }
    }

    /** A reference has arrived here. */
    void claim(final long grant) {
        synchronized (unsettled) {
            if (claimed.isEmpty()) {
                claimedNs = System.nanoTime();
            }
            claimed.add(grant);
        }
    }

    /** Nothing here needs a reference any more. */
    void drop(final long grant) {
        synchronized (unsettled) {
            dropped.add(grant);
        }
    }

    /** Another worker is gone; to be told where there is a link, since otherwise nothing was lent here. */
    void tellGone(final String other) {
        if (isConnected() && !other.equals(address)) {
            synchronized (unsettled) {
                others.add(other);
            }
        }
    }

    /**
     * Tells the worker of what was claimed and dropped since, without waiting for it; makes a link for that only when the lease of a
     * claim is running out.
     *
     * @return whether there is more to be told already
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the action throws nothing
    boolean settle() {
        final long[] here;
        final long[] gone;
        final List<String> deaths;
        final CallClient to;
        synchronized (unsettled) {
            if (settling || isSettled() || !maySettle()) {
                return false;
            }
            here = claimed.take();
            gone = dropped.take();
            deaths = List.copyOf(others);
            others.clear();
            settling = true;
        }
        try {
            to = client();
            handle(to)
                    .async(system -> {
                        system.settle(here, gone, deaths.toArray(new String[0]));
                        return null;
                    })
                    .whenComplete((nothing, failure) -> settled(failure));
        } catch (final OutriderException unreachable) {
            settled(unreachable);
        }
        synchronized (unsettled) {
            return !settling && !isSettled();
        }
    }

    private boolean isSettled() {
        return claimed.isEmpty() && dropped.isEmpty() && others.isEmpty();
    }

    private boolean maySettle() {
        return isConnected() || (!claimed.isEmpty() && System.nanoTime() - claimedNs > CLAIM_WITHIN_NS);
    }

    private void settled(final @Nullable Throwable failure) {
        final boolean many;
        synchronized (unsettled) {
            settling = false;
            many = claimed.isMany() || dropped.isMany();
        }
        if (failure == null && many) {
            settle(); // at once; few can wait for the next round
        } else if (failure != null) { // it counts no more, or its leases will run out
            LOG.debug("{} was not told which references are needed", this, failure);
        }
    }

    /** The client stays, and refuses each call with the reason: an address is never used again, so there is nothing to attach to. */
    private void lost(final Attachment gone) {
        if (!gone.isClosed()) {
            LOG.debug("{} is gone", this);
            onGone.accept(address);
        }
    }

    void close() {
        final Attachment open;
        synchronized (this) {
            open = attachment;
            attachment = null;
        }
        if (open != null) {
            open.close();
        }
    }

    @Override
    public String toString() {
        return "the worker at " + address;
    }
}
