package io.outrider.stream;

import io.outrider.error.BackPressureException;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one link in one direction, by id. The client makes the ids: a place, and a generation that makes each id
 * different from all before it. Safe from any thread; looking up takes no lock and allocates nothing.
 *
 * @param <S> one end of a stream
 */
public final class StreamTable<S> {
    /** The most streams that can be open at once. */
    public static final int MAX_STREAMS = 1 << 16;

    private static final int INITIAL_CAPACITY = 64;
    private static final int INDEX_BITS = 16;
    private static final long GENERATION_MASK = Long.MAX_VALUE >>> INDEX_BITS;

    private final ArrayDeque<Integer> free = new ArrayDeque<>(); // guarded by this
    private int used; // guarded by this
    private int count; // guarded by this
    private long generation; // guarded by this
    private volatile AtomicReferenceArray<@Nullable Entry<S>> entries = new AtomicReferenceArray<>(INITIAL_CAPACITY);

    private record Entry<S>(long id, S stream) {}

    /** Makes an empty table. */
    public StreamTable() {}

    /**
     * For the client: adds a stream under a new id.
     *
     * @param maker makes it
     * @return what was made
     * @throws BackPressureException if too many are open
     */
    public synchronized S claim(final LongFunction<S> maker) {
        final Integer freed = free.poll();
        if (freed == null && used == MAX_STREAMS) {
            throw new BackPressureException(
                    "all " + MAX_STREAMS + " streams that may be open on one link are: close those that are not read");
        }
        final int index = freed == null ? used++ : freed;
        generation = (generation + 1) & GENERATION_MASK;
        final long id = Long.MIN_VALUE | generation << INDEX_BITS | index;
        final S made = maker.apply(id);
        store(id, made);
        return made;
    }

    /**
     * For the worker: adds a stream under an id of the client's. One that had the place before has ended for the client.
     *
     * @param id of the stream
     * @param stream to add
     */
    public synchronized void put(final long id, final S stream) {
        store(id, stream);
    }

    private void store(final long id, final S stream) {
        final int index = index(id);
        if (index >= entries.length()) {
            final AtomicReferenceArray<@Nullable Entry<S>> grown =
                    new AtomicReferenceArray<>(Integer.highestOneBit(index) << 1);
            for (int i = 0; i < entries.length(); i++) {
                grown.set(i, entries.get(i));
            }
            entries = grown;
        }
        count += entries.getAndSet(index, new Entry<>(id, stream)) == null ? 1 : 0;
    }

    /**
     * Finds a stream.
     *
     * @param id of it
     * @return null if there is none, or no longer
     */
    public @Nullable S find(final long id) {
        final AtomicReferenceArray<@Nullable Entry<S>> table = entries;
        final int index = index(id);
        final Entry<S> entry = index < table.length() ? table.get(index) : null;
        return entry != null && entry.id == id ? entry.stream : null;
    }

    /**
     * Removes a stream, if it is still there, and for the client makes its place free.
     *
     * @param id of it
     * @return whether it was there
     */
    public synchronized boolean remove(final long id) {
        if (find(id) == null) {
            return false;
        }
        entries.set(index(id), null);
        if (index(id) < used) { // of the client's own making
            free.add(index(id));
        }
        count--;
        return true;
    }

    /**
     * How many streams are open.
     *
     * @return a count made now
     */
    public synchronized int count() {
        return count;
    }

    /**
     * Visits the streams as they are now.
     *
     * @param visitor may change the table
     */
    public void forEach(final Consumer<S> visitor) {
        final AtomicReferenceArray<@Nullable Entry<S>> table = entries;
        for (int i = 0; i < table.length(); i++) {
            final Entry<S> entry = table.get(i);
            if (entry != null) {
                visitor.accept(entry.stream);
            }
        }
    }

    private static int index(final long id) {
        return (int) id & (MAX_STREAMS - 1);
    }
}
