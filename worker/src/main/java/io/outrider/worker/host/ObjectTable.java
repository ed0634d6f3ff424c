package io.outrider.worker.host;

import io.outrider.contract.Contract;
import io.outrider.error.ContractException;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.agrona.BitUtil;
import org.agrona.collections.IntArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The objects that live here, by id. An id is a place in the table and how many objects had that place before, so that no id
 * is ever used again. Looking up takes no lock and allocates nothing; safe from any thread.
 */
public final class ObjectTable {
    private static final int INITIAL_CAPACITY = 64;
    private static final int INDEX_BITS = 32;

    private static final int NONE = -1;
    /** From how many places on a table that has become almost empty gives memory back. */
    private static final int MANY = 4_096;

    private static final int ALMOST_EMPTY = 16; // of so many places, one is taken
    private static final int FEW = 64;

    private IntArrayQueue freePlaces = new IntArrayQueue(NONE); // guarded by this
    private int[] generations = new int[INITIAL_CAPACITY]; // guarded by this
    private IdentityHashMap<Object, HostedObject> byTarget = new IdentityHashMap<>(); // guarded by this
    private int shrinkAt = NONE; // at how many objects to look whether memory can be given back; guarded by this
    private int firstGeneration; // of places that are new, or were given back; guarded by this
    private int used; // guarded by this
    private int count; // guarded by this
    private volatile Consumer<HostedObject> closing = object -> {};
    private volatile AtomicReferenceArray<@Nullable HostedObject> objects =
            new AtomicReferenceArray<>(INITIAL_CAPACITY);

    /** Says who is told of an object that is gone, before it is closed; once, before the first object. */
    void onClosing(final Consumer<HostedObject> listener) {
        closing = listener;
    }

    /** The object with an id; null if there is none, or no longer. */
    @Nullable
    public HostedObject find(final long id) {
        final int place = (int) id;
        final AtomicReferenceArray<@Nullable HostedObject> table = objects;
        final HostedObject found = place >= 0 && place < table.length() ? table.get(place) : null;
        return found != null && found.id() == id ? found : null;
    }

    /**
     * An object that is exported: under the id that it has, or a new one. It is kept until {@link #release}.
     *
     * @throws ContractException if it is here under another contract
     */
    synchronized HostedObject export(
            final Object target, final Contract<?> contract, final int concurrency, final Executor threads) {
        final HostedObject known = byTarget.get(target);
        if (known == null || !known.tryRetain()) {
            return add(target, contract, concurrency, threads);
        }
        if (known.contract() != contract) {
            release(known);
            throw new ContractException(known + " can't be exported as " + contract.name()
                    + " too: an object is called by one contract only, here "
                    + known.contract().name());
        }
        return known;
    }

    /** Lets one hold of an object go; with the last one it is gone. */
    void release(final HostedObject held) {
        if (held.letGo()) {
            end(held);
        }
    }

    /** Ends an object, whoever holds it; nothing if that is done. */
    void end(final HostedObject ended) {
        if (remove(ended.id()) != null) {
            closing.accept(ended);
            ended.closeTarget();
        }
    }

    /** Adds an object under an id of its own, with one hold. */
    public synchronized HostedObject add(
            final Object target, final Contract<?> contract, final int concurrency, final Executor threads) {
        final int free = freePlaces.pollInt();
        final int place = free == NONE ? used++ : free;
        if (place == generations.length) {
            resize(2 * place);
        }
        final long id = ((long) generations[place] << INDEX_BITS) | place;
        final HostedObject added = new HostedObject(id, target, contract, concurrency, threads);
        objects.set(place, added);
        byTarget.put(target, added);
        count++;
        return added;
    }

    /** Removes an object; null if there was none. */
    public synchronized @Nullable HostedObject remove(final long id) {
        final HostedObject removed = find(id);
        if (removed != null) {
            final int place = (int) id;
            objects.set(place, null);
            byTarget.remove(removed.target(), removed);
            count--;
            generations[place]++;
            if (generations[place] != 0) { // a place whose ids are used up is never given out again
                freePlaces.addInt(place);
            }
            if (count <= shrinkAt) {
                shrink();
                shrinkAt = Math.min(shrinkAt, count > FEW ? count / 2 : count - 1);
            }
        }
        return removed;
    }

    /** Gives back the places behind the last object; who gets one of them again goes on behind all ids that they have had. */
    private void shrink() {
        int last = used - 1;
        while (last >= 0 && objects.get(last) == null && generations[last] != 0) {
            if (Integer.compareUnsigned(firstGeneration, generations[last]) < 0) {
                firstGeneration = generations[last];
            }
            last--;
        }
        used = last + 1;
        byTarget = new IdentityHashMap<>(byTarget); // which never shrinks by itself
        freePlaces = new IntArrayQueue(NONE);
        for (int place = 0; place < used; place++) {
            if (objects.get(place) == null && generations[place] != 0) {
                freePlaces.addInt(place);
            }
        }
        resize(Math.max(INITIAL_CAPACITY, BitUtil.findNextPositivePowerOfTwo(used + 1)));
    }

    private void resize(final int capacity) {
        final int kept = Math.min(capacity, generations.length);
        final AtomicReferenceArray<@Nullable HostedObject> resized = new AtomicReferenceArray<>(capacity);
        for (int place = 0; place < kept; place++) {
            resized.set(place, objects.get(place));
        }
        generations = Arrays.copyOf(generations, capacity);
        Arrays.fill(generations, Math.min(used, kept), capacity, firstGeneration);
        objects = resized;
        shrinkAt = capacity > MANY ? capacity / ALMOST_EMPTY : NONE;
    }

    public synchronized int count() {
        return count;
    }

    /** Visits the objects as they are now. */
    public void forEach(final Consumer<HostedObject> visitor) {
        final AtomicReferenceArray<@Nullable HostedObject> table = objects;
        for (int place = 0; place < table.length(); place++) {
            final HostedObject object = table.get(place);
            if (object != null) {
                visitor.accept(object);
            }
        }
    }

    /** For how many objects there is memory. */
    synchronized int capacity() {
        return generations.length;
    }
}
