package io.outrider.worker.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which references keep objects of this worker: each has a grant, counted from 1 and never used again. While the reference is on
 * its way the grant has a lease, and ends with whom it is on its way to; once it has been claimed it lasts as long as the client.
 * Safe from any thread.
 */
final class GrantTable {
    /** How long a reference may be on its way, whatever holds up its receiver: what is lost on the way is kept no longer. */
    static final long LEASE_NS = TimeUnit.MINUTES.toNanos(10);
    /** Of so many receivers it is remembered that they are gone: what is written to them late is kept for nobody. */
    private static final int REMEMBERED = 1_024;
    /** From how large a table on one that has become almost empty gives memory back. */
    private static final int MANY = 4_096;

    private static final int ALMOST_EMPTY = 16; // of so many places, one is taken

    private final Long2ObjectHashMap<Grant> grants = new Long2ObjectHashMap<>(); // guarded by this
    private final Grant underWay =
            new Grant(); // before the oldest that is on its way, after the youngest; guarded by this
    private final Map<String, Boolean> gone = new LinkedHashMap<>() { // guarded by this
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(final Map.Entry<String, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            };
    private long lastId; // guarded by this
    private final Consumer<HostedObject> release;
    private final LongSupplier nanoTime;

    /** One of a ring of those that are on their way, in the order of their leases, or alone. Guarded by the table. */
    private static final class Grant {
        private final long id;
        private final @Nullable HostedObject object; // none in the one that begins the ring
        private final String addressee;
        private final long endsNs;
        private @Nullable ClientLink holder;
        private Grant before = this;
        private Grant after = this;

        Grant() {
            this(0, null, "", 0);
        }

        Grant(final long id, final @Nullable HostedObject object, final String addressee, final long endsNs) {
            this.id = id;
            this.object = object;
            this.addressee = addressee;
            this.endsNs = endsNs;
        }

        void putBefore(final Grant next) {
            before = next.before;
            after = next;
            before.after = this;
            next.before = this;
        }

        void takeOut() {
            before.after = after;
            after.before = before;
            before = this;
            after = this;
        }

        boolean isUnderWay() {
            return after != this;
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

    /**
     * Takes over one hold of an object, for a reference that is about to be sent.
     *
     * @param held the object
     * @param addressee to whom, or nothing if that is not known
     * @return the grant; 0 if the addressee is gone
     */
    long lend(final HostedObject held, final String addressee) {
        expire();
        synchronized (this) {
            if (!gone.containsKey(addressee)) {
                final Grant grant = new Grant(++lastId, held, addressee, nanoTime.getAsLong() + LEASE_NS);
                grants.put(grant.id, grant);
                grant.putBefore(underWay);
                return grant.id;
            }
        }
        release.accept(held);
        return 0;
    }

    /** A reference has arrived at a client, and is kept as long as that lives. */
    void claim(final long id, final ClientLink client) {
        synchronized (this) {
            final Grant grant = grants.get(id);
            if (grant != null) {
                grant.takeOut();
                grant.holder = client;
            }
        }
        if (client.isLost()) { // meanwhile, so nobody else may see it
            drop(id);
        }
    }

    /** A reference is needed no more. */
    void drop(final long id) {
        final Grant grant;
        synchronized (this) {
            grant = remove(id);
        }
        release(grant);
    }

    /** A client is gone, and its references with it. */
    void lost(final ClientLink client) {
        final List<Grant> its;
        synchronized (this) {
            its = removeAll(grants.values().stream()
                    .filter(grant -> grant.holder == client)
                    .toList());
        }
        its.forEach(this::release);
    }

    /** Nobody will claim any more what is on its way there. */
    void gone(final String addressee) {
        final List<Grant> lost;
        synchronized (this) {
            gone.put(addressee, true);
            lost = removeAll(underWay(grant -> grant.addressee.equals(addressee)));
        }
        lost.forEach(this::release);
    }

    /** Lets go of what has been on its way for too long. */
    void expire() {
        final List<Grant> late;
        synchronized (this) {
            final long now = nanoTime.getAsLong();
            if (!underWay.isUnderWay() || underWay.after.endsNs - now > 0) {
                return;
            }
            late = removeAll(underWay(grant -> grant.endsNs - now <= 0));
        }
        late.forEach(this::release);
    }

    /** How many nobody has claimed yet. */
    synchronized int unclaimed() {
        return underWay(grant -> true).size();
    }

    int count() {
        expire();
        synchronized (this) {
            return grants.size();
        }
    }

    /** For how many grants there is memory. */
    synchronized int capacity() {
        return grants.capacity();
    }

    private List<Grant> underWay(final Predicate<Grant> wanted) {
        final List<Grant> found = new ArrayList<>();
        for (Grant each = underWay.after; each != underWay; each = each.after) {
            if (wanted.test(each)) {
                found.add(each);
            }
        }
        return found;
    }

    private List<Grant> removeAll(final List<Grant> these) {
        these.forEach(grant -> remove(grant.id));
        return these;
    }

    private @Nullable Grant remove(final long id) {
        final Grant grant = grants.remove(id);
        if (grant != null) {
            grant.takeOut();
            if (grants.capacity() > MANY && grants.size() < grants.capacity() / ALMOST_EMPTY) {
                grants.compact();
            }
        }
        return grant;
    }

    /** Not under the lock: the last hold of an object closes it. */
    private void release(final @Nullable Grant removed) {
        if (removed != null && removed.object != null) {
            release.accept(removed.object);
        }
    }
}
