package io.outrider.ipc.queue;

import java.util.concurrent.atomic.AtomicReference;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.core.io.ReferenceOwner;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Has the pages of a cycle put into the tables of this process before its writer or reader gets there, who would otherwise
 * stop at each for a fault of about a microsecond. The lane says which cycle it has entered; the {@link CycleKeeper} touches
 * it from the beginning on and is soon ahead. The mapping is the lane's own, held until it was touched.
 */
final class PagePopulator implements CycleKeeper.Chore, ReferenceOwner, AutoCloseable {
    private static final int PAGE = 4096;

    private final AtomicReference<@Nullable BytesStore<?, ?>> entered = new AtomicReference<>();
    private final UnsafeBuffer pages = new UnsafeBuffer(0, 0);
    private final boolean forWriting;
    private final int takenBytes;
    private final CycleKeeper keeper;

    /**
     * @param forWriting whether the lane writes; a page that is only read is cheaper to get
     * @param takenBytes the memory of a cycle, in bytes
     * @param keeper does the work
     */
    PagePopulator(final boolean forWriting, final long takenBytes, final CycleKeeper keeper) {
        this.forWriting = forWriting;
        this.takenBytes = Math.toIntExact(takenBytes);
        this.keeper = keeper;
    }

    /**
     * Says that the lane goes on in another cycle.
     *
     * @param cycle its memory in this process
     */
    void enter(final BytesStore<?, ?> cycle) {
        if (cycle.tryReserve(this)) {
            release(entered.getAndSet(cycle));
            keeper.wake();
        }
    }

    @Override
    public boolean doWork() {
        final BytesStore<?, ?> cycle = entered.getAndSet(null);
        if (cycle != null) {
            try {
                touch(cycle.addressForRead(0));
            } finally {
                release(cycle);
            }
        }
        return true;
    }

    @Override
    public void close() {
        release(entered.getAndSet(null));
    }

    private void touch(final long address) {
        pages.wrap(address, takenBytes);
        for (int offset = 0; offset < takenBytes && entered.get() == null; offset += PAGE) {
            if (forWriting) {
                // Adding nothing, atomically, is the one way to write to what another thread is writing.
                pages.getAndAddInt(offset, 0);
            } else {
                pages.getIntVolatile(offset);
            }
        }
    }

    private void release(final @Nullable BytesStore<?, ?> cycle) {
        if (cycle != null) {
            cycle.release(this);
        }
    }
}
