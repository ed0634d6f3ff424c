package io.outrider.engine;

import io.outrider.loan.LinkArena;
import io.outrider.marshal.Marshaller;
import io.outrider.protocol.ReferenceSystem;
import io.outrider.stub.ObjectRef;
import io.outrider.transport.DirectSlots;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The bounded table of pending calls: how many slots it has is how many calls can be in flight. Safe from any thread; claims
 * neither lock nor block. A thread tends to get the slot again that it had last, still in its cache.
 */
final class PendingCalls {
    private final int capacity;
    private final AtomicReferenceArray<PendingCall> slots; // and one more than the capacity

    @SuppressWarnings("ThreadLocalUsage") // a slot belongs to one table, so the thread's last one does too
    private final ThreadLocal<PendingCall> last = new ThreadLocal<>();

    private final DirectSlots directSlots;
    private final Marshaller marshaller;
    private final int maxPayloadBytes;
    private @Nullable ClientStreams streams; // set before the first claim
    private final LinkArena arena;
    private volatile int bound; // one more than the highest slot that a pipeline has had
    private int cursor; // a hint, so that it may be anybody's

    PendingCalls(
            final int capacity,
            final DirectSlots directSlots,
            final Marshaller marshaller,
            final int maxPayloadBytes,
            final LinkArena arena) {
        this.directSlots = directSlots;
        this.capacity = capacity;
        this.slots = new AtomicReferenceArray<>(capacity + 1);
        this.marshaller = marshaller;
        this.maxPayloadBytes = maxPayloadBytes;
        this.arena = arena;
        this.bound = directSlots.count();
        this.cursor = bound;
    }

    int capacity() {
        return capacity;
    }

    /**
     * Claims a slot; null if all are in flight. Calls by which references are counted may be made while another call is being encoded, which
     * has its slot: there is one more for them, or each could wait for the other.
     */
    @Nullable
    PendingCall tryClaim(final ObjectRef ref) {
        final PendingCall usual = tryClaim();
        if (usual != null || ref.objectId() != ReferenceSystem.ID) {
            return usual;
        }
        final PendingCall extra = slot(capacity);
        return extra.tryClaim() ? extra : null;
    }

    /** Claims one of the slots that any call may have; null if all are in flight. */
    @Nullable
    PendingCall tryClaim() {
        final PendingCall hint = last.get();
        return hint != null && hint.tryClaim() ? hint : claimAny();
    }

    private @Nullable PendingCall claimAny() {
        for (int i = 0; i < capacity; i++) {
            final PendingCall slot = slot(i);
            if (slot.tryClaim()) {
                last.set(slot);
                return slot;
            }
        }
        return null;
    }

    /**
     * Claims a slot for a call of a pipeline: the one that has been free for longest, as calls end in the order in which they were made, and
     * none that has a direct slot while there are others, since callers that wait are in need of those.
     */
    @Nullable
    PendingCall tryClaimNext() {
        final int first = directSlots.count();
        final int end = bound;
        for (int i = first; i < end; i++) {
            final int at = Math.min(cursor, end - 1);
            cursor = at + 1 < end ? at + 1 : first;
            if (slot(at).tryClaim()) {
                return slot(at);
            }
        }
        if (end < capacity) {
            bound = end + 1;
            if (slot(end).tryClaim()) {
                return slot(end);
            }
        }
        return claimAny();
    }

    private PendingCall slot(final int index) {
        final PendingCall made = slots.get(index);
        return made == null ? make(index) : made;
    }

    void streams(final ClientStreams ofClient) {
        streams = ofClient;
    }

    private PendingCall make(final int index) {
        final PendingCall made = new PendingCall(index, directSlots, marshaller, maxPayloadBytes, arena);
        if (streams != null) {
            made.streams(streams);
        }
        final PendingCall witness = slots.compareAndExchange(index, null, made);
        return witness == null ? made : witness;
    }

    /** The slot that waits, or waited, for an outcome; null if the id is garbage or of an earlier use. */
    @Nullable
    PendingCall find(final long correlationId) {
        final int index = (int) correlationId & ((1 << PendingCall.INDEX_BITS) - 1);
        final PendingCall slot = index < slots.length() ? slots.get(index) : null;
        return slot != null && slot.correlationId() == correlationId ? slot : null;
    }

    /** Visits the calls whose outcomes may come by their direct slots. */
    void forEachDirect(final Consumer<PendingCall> visitor) {
        for (int i = 0; i < Math.min(directSlots.count(), slots.length()); i++) {
            final PendingCall slot = slots.get(i);
            if (slot != null) {
                visitor.accept(slot);
            }
        }
    }

    /** Visits every slot that was ever used. */
    void forEach(final Consumer<PendingCall> visitor) {
        for (int i = 0; i < slots.length(); i++) {
            final PendingCall slot = slots.get(i);
            if (slot != null) {
                visitor.accept(slot);
            }
        }
    }

    /** One of the calls that wait, for messages; null if none does. */
    @Nullable
    String lastInFlight() {
        for (int i = slots.length() - 1; i >= 0; i--) {
            final PendingCall slot = slots.get(i);
            if (slot != null && slot.isInFlight()) {
                return slot.toString();
            }
        }
        return null;
    }

    /** How many calls are in flight, counted now. */
    int inFlight() {
        int count = 0;
        for (int i = 0; i < slots.length(); i++) {
            final PendingCall slot = slots.get(i);
            count += slot == null || slot.isFree() ? 0 : 1;
        }
        return count;
    }
}
