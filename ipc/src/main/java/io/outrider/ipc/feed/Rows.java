package io.outrider.ipc.feed;

import static io.outrider.ipc.feed.FeedDescriptor.NOWHERE;

import io.outrider.api.feed.FeedPolicy;
import io.outrider.error.CallRejectedException;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The rows of a feed's subscribers: who they are, where they read, and whether the writer waits for them. Safe from any
 * thread and process. A row is taken and given up by the process that it names; the row of a process that has died is
 * taken over, by whoever needs it gone.
 */
final class Rows {
    /** The row is nobody's, or about to be somebody's. */
    private static final long IDLE = 0;
    /** The writer waits for it. */
    private static final long BLOCKING = 1;
    /** The writer does not wait for it. */
    private static final long LOSSY = 2;
    /** The writer has waited for it for too long, and does so no more. */
    private static final long DROPPED = 3;

    private final FeedFile file;
    private final UnsafeBuffer memory;
    private final FeedDescriptor layout;

    Rows(final FeedFile file) {
        this.file = file;
        this.memory = file.memory();
        this.layout = file.layout();
    }

    /**
     * Takes a row for this process.
     *
     * @return the row, whose position is the next frame to be committed
     * @throws CallRejectedException if all are taken by processes that live
     */
    int take(final FeedPolicy policy) {
        for (int row = 0; row < layout.subscribers(); row++) {
            final long owner = owner(row);
            if ((owner == 0 || !Owner.isAlive(owner)) && changeOwner(row, owner)) {
                clear(row);
                activate(row, policy);
                return row;
            }
        }
        throw new CallRejectedException("the feed " + file.name() + " has " + layout.subscribers()
                + " subscribers, as many as its maxSubscribers allows");
    }

    /**
     * The position comes first, the state then, and the position again: whatever the writer made of the feed before it could
     * see the state, the second position is behind it. What is stored is followed by a full fence each time.
     */
    private void activate(final int row, final FeedPolicy policy) {
        position(row, file.head());
        memory.putLongVolatile(layout.stateOffset(row), policy == FeedPolicy.BLOCK ? BLOCKING : LOSSY);
        position(row, file.head());
    }

    /** Gives a row up. */
    void release(final int row) {
        clear(row);
        memory.putLongVolatile(layout.ownerOffset(row), 0);
    }

    private void clear(final int row) {
        memory.putLongVolatile(layout.stateOffset(row), IDLE);
        position(row, NOWHERE);
        memory.putLongVolatile(layout.parkedOffset(row), 0);
    }

    long position(final int row) {
        return memory.getLongVolatile(layout.positionOffset(row));
    }

    /** Says which frame is read next: it is protected, and those before no longer. Full fence. */
    void position(final int row, final long sequence) {
        memory.putLongVolatile(layout.positionOffset(row), sequence);
    }

    boolean isDropped(final int row) {
        return memory.getLongVolatile(layout.stateOffset(row)) == DROPPED;
    }

    /** For the writer: whether a subscriber reads a frame, or may begin to. */
    boolean isProtected(final long sequence) {
        for (int row = 0; row < layout.subscribers(); row++) {
            if (position(row) == sequence) {
                return true;
            }
        }
        return false;
    }

    /** For the writer: the first frame that a blocking subscriber has not read, or the head if they have read all. */
    long firstUnread(final long head) {
        long first = head;
        for (int row = 0; row < layout.subscribers(); row++) {
            if (isBlocking(row)) {
                first = Math.min(first, position(row));
            }
        }
        return first;
    }

    /** For the writer: gives up the rows of processes that have died. Asks the operating system about each subscriber. */
    void releaseDead() {
        for (int row = 0; row < layout.subscribers(); row++) {
            final long owner = owner(row);
            if (owner != 0 && !Owner.isAlive(owner) && changeOwner(row, owner)) {
                release(row);
            }
        }
    }

    /**
     * For the writer: waits no more for subscribers that are too far behind.
     *
     * @param oldest what a subscriber must have read
     * @return how many it waited for
     */
    int drop(final long oldest) {
        int dropped = 0;
        for (int row = 0; row < layout.subscribers(); row++) {
            if (isBlocking(row)
                    && position(row) <= oldest
                    && memory.compareAndSetLong(layout.stateOffset(row), BLOCKING, DROPPED)) {
                dropped++;
            }
        }
        return dropped;
    }

    /** How many subscribers there are that were not dropped, dead ones among them. */
    int active() {
        int active = 0;
        for (int row = 0; row < layout.subscribers(); row++) {
            final long state = memory.getLongVolatile(layout.stateOffset(row));
            if (state == BLOCKING || state == LOSSY) {
                active++;
            }
        }
        return active;
    }

    private boolean isBlocking(final int row) {
        return memory.getLongVolatile(layout.stateOffset(row)) == BLOCKING;
    }

    private long owner(final int row) {
        return memory.getLongVolatile(layout.ownerOffset(row));
    }

    private boolean changeOwner(final int row, final long former) {
        return memory.compareAndSetLong(layout.ownerOffset(row), former, Owner.THIS);
    }
}
