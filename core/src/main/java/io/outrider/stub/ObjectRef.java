package io.outrider.stub;

import io.outrider.contract.Contract;
import io.outrider.error.ConfigurationException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Names an object in a worker: what a stub is bound to. Safe from any thread. Two are equal if they name the same object in
 * the same incarnation of a worker.
 */
public final class ObjectRef {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE >> 2);

    private final String address;
    private final int workerId;
    private final long objectId;
    private final Contract<?> contract;
    private final long timeoutNs;
    private final boolean byDefault; // of the time limit
    private final ObjectRef origin;
    private final @Nullable Supplier<ObjectRef> successor;
    private volatile boolean closed; // of the origin
    private @Nullable Runnable release; // of the origin, guarded by it

    /**
     * @param address where the worker listens, which no other incarnation of any worker ever does
     * @param workerId its id, for messages
     * @param objectId of the object in it
     * @param contract by which it is called
     */
    public ObjectRef(final String address, final int workerId, final long objectId, final Contract<?> contract) {
        this(address, workerId, objectId, contract, null);
    }

    private ObjectRef(
            final String address,
            final int workerId,
            final long objectId,
            final Contract<?> contract,
            final @Nullable Supplier<ObjectRef> successor) {
        this.address = Objects.requireNonNull(address);
        this.workerId = workerId;
        this.objectId = objectId;
        this.contract = contract;
        this.timeoutNs = 0;
        this.byDefault = false;
        this.origin = this;
        this.successor = successor;
    }

    private ObjectRef(final ObjectRef origin, final long timeoutNs, final boolean byDefault) {
        this.address = origin.address;
        this.workerId = origin.workerId;
        this.objectId = origin.objectId;
        this.contract = origin.contract;
        this.timeoutNs = timeoutNs;
        this.byDefault = byDefault;
        this.origin = origin;
        this.successor = origin.successor;
    }

    /**
     * Names an object that is made again when its worker dies, whichever it is at the time.
     *
     * @param name which no worker has as its address
     * @param contract by which it is called
     * @param current the object as it is now; may block until it has been made again, and throws if it never will be
     * @return names the same object all the time
     */
    public static ObjectRef recreated(
            final String name, final Contract<?> contract, final Supplier<ObjectRef> current) {
        return new ObjectRef(name, 0, 1, contract, current);
    }

    /**
     * The object as it is now, as others can name it.
     *
     * @return this, unless the object is made again when its worker dies
     * @throws io.outrider.error.OutriderException if there is none any more
     */
    public ObjectRef current() {
        return successor == null ? this : successor.get();
    }

    /**
     * The same object, for calls that have so long.
     *
     * @param timeout more than zero; what is longer than a life counts as one
     * @return names the same object
     * @throws ConfigurationException if it is not more than zero
     */
    public ObjectRef within(final Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new ConfigurationException("a timeout of " + timeout + ": it must be more than zero");
        }
        return within(nanos(timeout));
    }

    /**
     * The same object, for calls that have so long where their method says nothing else.
     *
     * @param timeout more than zero
     * @return names the same object
     */
    public ObjectRef withinByDefault(final Duration timeout) {
        return new ObjectRef(origin, nanos(timeout), true);
    }

    private static long nanos(final Duration timeout) {
        return (timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout).toNanos();
    }

    /**
     * The same object, for a call of one of its methods.
     *
     * @param method its index
     * @return without the time limit if that is the default, and the method waits for what others do
     */
    public ObjectRef forCall(final int method) {
        return timeoutNs != 0 && byDefault && contract.method(method).waits() ? origin : this;
    }

    /** The same object, for calls that have so long, in nanoseconds; 0 for as long as the worker lives. */
    public ObjectRef within(final long timeout) {
        return new ObjectRef(origin, timeout, false);
    }

    /** How long a call may take, in nanoseconds; 0 for as long as the worker lives. */
    public long timeoutNs() {
        return timeoutNs;
    }

    /** Where the worker that holds the object listens. */
    public String address() {
        return address;
    }

    /** The id of the worker that holds the object. */
    public int workerId() {
        return workerId;
    }

    /** The object's id in that worker. */
    public long objectId() {
        return objectId;
    }

    /** The contract by which it is called. */
    public Contract<?> contract() {
        return contract;
    }

    /** Whether it was let go, by the object's owner or by whoever had the stub. */
    public boolean isClosed() {
        return origin.closed;
    }

    /**
     * For whoever makes a stub that holds its object by itself: how it lets it go.
     *
     * @param how run once, when it is closed
     * @return this
     */
    public ObjectRef releasedBy(final Runnable how) {
        synchronized (origin) {
            origin.release = how;
        }
        return this;
    }

    /** From now on every call is refused. What the stub itself holds goes at once; what an owner holds is the owner's to let go. */
    public void close() {
        origin.closed = true;
        final Runnable how;
        synchronized (origin) {
            how = origin.release;
            origin.release = null;
        }
        if (how != null) {
            how.run();
        }
    }

    /** Whether there is nobody but the stub to let the object go, or it was closed already. */
    boolean isOwnKeeper() {
        synchronized (origin) {
            return origin.release != null || origin.closed;
        }
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof ObjectRef that && that.objectId == objectId && that.address.equals(address);
    }

    @Override
    public int hashCode() {
        return 31 * address.hashCode() + Long.hashCode(objectId);
    }

    @Override
    public String toString() {
        if (successor != null) {
            return contract.type().getSimpleName() + "[made again when its worker dies]";
        }
        return contract.type().getSimpleName() + "[worker " + workerId + ", object " + Long.toHexString(objectId) + ']';
    }
}
