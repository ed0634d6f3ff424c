package io.outrider.worker.host;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which references keep objects of this worker: each has a grant, counted from 1 and never used again. While the reference is on
 * its way the grant has a lease; once it has been claimed it lasts as long as the client. Safe from any thread.
 */
final class GrantTable {
    /** How long a reference may be on its way, whatever holds up its receiver: what is lost on the way is kept no longer. */
    static final long LEASE_NS = TimeUnit.MINUTES.toNanos(10);

    private final Map<Long, Grant> grants = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final Queue<Grant> underWay = new ArrayDeque<>(); // in the order of their leases; guarded by itself
    private final Consumer<HostedObject> release;
    private final LongSupplier nanoTime;

    private static final class Grant {
        private final long id;
        private final HostedObject object;
        private final long endsNs;
        private volatile @Nullable ClientLink holder;

        Grant(final long id, final HostedObject object, final long endsNs) {
            this.id = id;
            this.object = object;
            this.endsNs = endsNs;
        }
    }

    /**
     * @param release lets one hold of an object go
     * @param nanoTime the clock of the leases
     */
    GrantTable(final Consumer<HostedObject> release, final LongSupplier nanoTime) {
        this.release = release;
        this.nanoTime = nanoTime;
    }

    /** Takes over one hold of an object, for a reference that is about to be sent. */
    long lend(final HostedObject held) {
        final long now = nanoTime.getAsLong();
        final Grant grant = new Grant(ids.incrementAndGet(), held, now + LEASE_NS);
        grants.put(grant.id, grant);
        synchronized (underWay) {
            underWay.add(grant);
        }
        expire(now);
        return grant.id;
    }

    /** A reference has arrived at a client, and is kept as long as that lives. */
    void claim(final long id, final ClientLink client) {
        final Grant grant = grants.get(id);
        if (grant != null) {
            grant.holder = client;
            if (client.isLost()) { // meanwhile, so nobody else may see it
                drop(id);
            }
        }
    }

    /** A reference is needed no more. */
    void drop(final long id) {
        final Grant grant = grants.remove(id);
        if (grant != null) {
            release.accept(grant.object);
        }
    }

    /** A client is gone, and its references with it. */
    void lost(final ClientLink client) {
        for (final Grant grant : grants.values()) {
            if (grant.holder == client) {
                drop(grant.id);
            }
        }
    }

    /** How many nobody has claimed yet. */
    long unclaimed() {
        return grants.values().stream().filter(grant -> grant.holder == null).count();
    }

    int count() {
        expire(nanoTime.getAsLong());
        return grants.size();
    }

    /** Those at the head have arrived, or are gone, or have been on their way for too long; the others are younger. */
    private void expire(final long now) {
        synchronized (underWay) {
            final Iterator<Grant> oldest = underWay.iterator();
            while (oldest.hasNext()) {
                final Grant grant = oldest.next();
                final boolean settled = grant.holder != null || !grants.containsKey(grant.id);
                if (!settled && grant.endsNs - now > 0) {
                    return;
                }
                oldest.remove();
                if (!settled) {
                    drop(grant.id);
                }
            }
        }
    }
}
