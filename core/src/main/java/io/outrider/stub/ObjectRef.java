package io.outrider.stub;

import io.outrider.contract.Contract;
import io.outrider.error.ConfigurationException;
import java.time.Duration;
import java.util.Objects;

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
    private final ObjectRef origin;
    private volatile boolean closed; // of the origin

    /**
     * @param address where the worker listens, which no other incarnation of any worker ever does
     * @param workerId its id, for messages
     * @param objectId of the object in it
     * @param contract by which it is called
     */
    public ObjectRef(final String address, final int workerId, final long objectId, final Contract<?> contract) {
        this.address = Objects.requireNonNull(address);
        this.workerId = workerId;
        this.objectId = objectId;
        this.contract = contract;
        this.timeoutNs = 0;
        this.origin = this;
    }

    private ObjectRef(final ObjectRef origin, final long timeoutNs) {
        this.address = origin.address;
        this.workerId = origin.workerId;
        this.objectId = origin.objectId;
        this.contract = origin.contract;
        this.timeoutNs = timeoutNs;
        this.origin = origin;
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
        return within((timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout).toNanos());
    }

    /** The same object, for calls that have so long, in nanoseconds; 0 for as long as the worker lives. */
    public ObjectRef within(final long timeout) {
        return new ObjectRef(origin, timeout);
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

    /** Whether the owner has let the object go. */
    public boolean isClosed() {
        return origin.closed;
    }

    /** From now on every call is refused. */
    public void close() {
        origin.closed = true;
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
        return contract.type().getSimpleName() + "[worker " + workerId + ", object " + Long.toHexString(objectId) + ']';
    }
}
