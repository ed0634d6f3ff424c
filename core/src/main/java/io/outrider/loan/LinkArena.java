package io.outrider.loan;

import io.outrider.api.ArenaUsage;
import io.outrider.api.Loan;
import io.outrider.api.LoanArena;
import io.outrider.error.BackPressureException;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.CallRejectedException;
import io.outrider.error.OutriderException;
import io.outrider.error.PayloadTooLargeException;
import io.outrider.error.ProtocolException;
import io.outrider.protocol.BlockListDescriptor;
import io.outrider.telemetry.Log;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.BufferArena;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One side's arena as its users see it; see {@link LoanArena}. Knows every loan that this process holds, finds those that
 * were dropped, and keeps their memory mapped beyond the end of the link for as long as somebody holds one. To hand a loan
 * over or to receive one again takes no lock; to make one or to give one back does.
 */
public final class LinkArena implements LoanArena, AutoCloseable {
    private static final Log LOG = Log.of(LinkArena.class);
    private static final long PAUSE_NS = 50_000;
    /** Of so many loans that are made, one is asked where; and of the first ones, each. */
    private static final int SAMPLING = 64;

    private static final ThreadLocal<ArenaBlock> SCRATCH = ThreadLocal.withInitial(ArenaBlock::new);

    /**
     * How to wait for room, and what to say when there is no arena any more.
     *
     * @param timeout the longest to wait, or null for as long as it takes
     * @param idle is told how often there was none, and waits a little; false if it did not
     * @param meanwhile what to do while waiting
     * @param ended makes the exception for a use after the end
     */
    public record Patience(
            @Nullable Duration timeout,
            IntPredicate idle,
            Runnable meanwhile,
            Supplier<? extends OutriderException> ended) {}

    private final BufferArena blocks;
    private final String peer;
    private final Patience patience;
    private final ReferenceQueue<Object> dropped = new ReferenceQueue<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicLong leaked = new AtomicLong();
    private final AtomicInteger made = new AtomicInteger();
    private final LoanRegistry registry = new LoanRegistry(); // guarded by itself
    private volatile String addressee = "";
    private volatile boolean closed;

    /**
     * @param blocks of the link
     * @param peer the other process, for messages
     * @param patience while there is no block
     */
    public LinkArena(final BufferArena blocks, final String peer, final Patience patience) {
        this.blocks = blocks;
        this.peer = peer;
        this.patience = patience;
    }

    /**
     * The blocks behind the loans.
     *
     * @return those of the link
     */
    public BufferArena blocks() {
        return blocks;
    }

    /**
     * Says who receives the messages of the link.
     *
     * @param receiver as {@link io.outrider.marshal.block.OutgoingBlocks#addressee()} gives it
     */
    public void addressee(final String receiver) {
        addressee = receiver;
    }

    String addressee() {
        return addressee;
    }

    String peer() {
        return peer;
    }

    @Override
    public long maxLoanBytes() {
        return blocks.maxBlockLength();
    }

    @Override
    public Loan loan(final long bytes) {
        return loan(bytes, (HeldLoan) null);
    }

    @Override
    public Loan loan(final long bytes, final Loan spent) {
        final HeldLoan own = own(spent);
        if (own.isHeld()) {
            throw stillHeld(own);
        }
        return loan(bytes, own);
    }

    private static CallRejectedException stillHeld(final HeldLoan spent) {
        return new CallRejectedException(spent + " is still held: it can't become another loan");
    }

    private Loan loan(final long bytes, final @Nullable HeldLoan spent) {
        if (bytes <= 0) {
            throw new IllegalArgumentException(
                    "a loan of " + bytes + " bytes: it must be from 1 to " + blocks.maxBlockLength());
        }
        if (bytes > blocks.maxBlockLength()) {
            throw new PayloadTooLargeException("a loan", bytes, blocks.maxBlockLength(), "arenaBytes");
        }
        reap();
        final ArenaBlock block = SCRATCH.get();
        if (tryLoan((int) bytes, block) == BufferArena.BACK_PRESSURED) {
            awaitBlock((int) bytes, block);
        }
        final HeldLoan loan = spent != null ? spent : newLoan("made");
        if (!loan.tryTake(block.handle(), (int) bytes, block.buffer().addressOffset())) {
            blocks.release(block);
            throw stillHeld(loan);
        }
        block.clear();
        register(loan);
        return loan;
    }

    private int tryLoan(final int bytes, final ArenaBlock block) {
        enter();
        try {
            final int result = blocks.tryLoan(bytes, block);
            if (result == BufferArena.CLOSED) {
                throw patience.ended.get();
            }
            return result;
        } finally {
            leave();
        }
    }

    private void awaitBlock(final int bytes, final ArenaBlock block) {
        final Duration timeout = patience.timeout;
        final long giveUpAt = System.nanoTime() + (timeout == null ? 0 : timeout.toNanos());
        int fruitless = 0;
        do {
            if (Thread.currentThread().isInterrupted()) {
                throw new CallInterruptedException("interrupted while waiting for a block of " + bytes
                        + " bytes in the arena of " + peer + ": " + describe(usage()));
            }
            if (timeout != null && System.nanoTime() - giveUpAt >= 0) {
                throw new BackPressureException("no block of " + bytes + " bytes was free in the arena of " + peer
                        + (timeout.isZero() ? "" : " within " + timeout) + ": " + describe(usage()));
            }
            patience.meanwhile.run();
            reap();
            if (!patience.idle.test(fruitless++)) {
                LockSupport.parkNanos(this, PAUSE_NS);
            }
        } while (tryLoan(bytes, block) == BufferArena.BACK_PRESSURED);
    }

    private String describe(final ArenaUsage usage) {
        final String remedy = usage.here() + usage.there() < blocks.maxBlocks()
                ? "or raise arenaBytes or backPressureTimeout"
                : "as one side can have " + blocks.maxBlocks() + " blocks on loan at once, of whatever size";
        return "of " + usage.capacityBytes() + " bytes this process holds " + usage.hereBytes() + " in " + usage.here()
                + " blocks, and " + peer + " holds, or is about to get, " + usage.thereBytes() + " in " + usage.there()
                + ": close loans that are not needed, " + remedy;
    }

    private HeldLoan newLoan(final String how) {
        final int number = made.getAndIncrement();
        final boolean sampled = Integer.compareUnsigned(number, SAMPLING) < 0 || number % SAMPLING == 0;
        return new HeldLoan(this, dropped, how, sampled ? new Throwable("the loan was " + how + " here") : null);
    }

    /** Takes a loan that the peer has handed over; {@code before} is the object that it was when it was here last, if that is known. */
    HeldLoan arrive(
            final long handle, final int lengthWord, final ArenaBlock scratch, final @Nullable HeldLoan before) {
        final boolean shared = BlockListDescriptor.isShared(lengthWord);
        final int length = BlockListDescriptor.length(lengthWord);
        if (before != null && before.tryTakeAgain(handle, shared)) {
            if (blocks.reopen(handle) == BufferArena.OK) {
                before.grantAgain();
                return before; // which stayed in the registry
            }
            before.hold().close();
            throw notOnLoan(length);
        }
        if (blocks.open(handle, length, scratch) != BufferArena.OK) {
            throw notOnLoan(length);
        }
        final HeldLoan loan = newLoan("received");
        loan.take(handle, length, shared, scratch.buffer().addressOffset());
        register(loan);
        return loan;
    }

    private ProtocolException notOnLoan(final int length) {
        return new ProtocolException(peer + " has handed over a block of " + length + " bytes that is not on loan");
    }

    private void register(final HeldLoan loan) {
        synchronized (registry) {
            registry.add(loan.hold());
        }
    }

    /** The loan is not here any more, and its object is not needed again. */
    void forget(final Hold hold) {
        synchronized (registry) {
            if (!hold.isHeld()) {
                registry.remove(hold);
            }
        }
    }

    HeldLoan own(final Loan loan) {
        if (!(loan instanceof HeldLoan held)) {
            throw new CallRejectedException(loan + " is not of the arena of " + peer + ": it can't be used there");
        }
        if (held.arena() != this) {
            throw new CallRejectedException(loan + " can't be used in the arena of " + peer
                    + ": a loan crosses to the process at the" + " other end of its own arena only");
        }
        return held;
    }

    void share(final Hold hold, final int readers) {
        if (readers < 1 || readers >= BufferArena.MAX_SHARES) {
            throw new IllegalArgumentException(
                    "a loan shared by " + readers + " readers: it must be from 1 to " + (BufferArena.MAX_SHARES - 1));
        }
        enter();
        try {
            if (readers > 1 && blocks.share(hold.handle(), readers - 1) != BufferArena.OK) {
                throw new ProtocolException(hold.name() + " can't be shared: it is not on loan");
            }
            if (!hold.tryAddShares(readers - 1)) {
                release(hold.handle(), readers - 1);
                throw new CallRejectedException(hold.name() + " can't be shared: it is being handed over");
            }
        } finally {
            leave();
        }
    }

    ByteBuffer byteBuffer(final Hold hold) {
        if (!tryEnter()) {
            synchronized (registry) {
                if (!hold.keepsMapping) {
                    throw patience.ended.get();
                }
                return newByteBuffer(hold);
            }
        }
        try {
            synchronized (registry) {
                return newByteBuffer(hold);
            }
        } finally {
            leave();
        }
    }

    private ByteBuffer newByteBuffer(final Hold hold) {
        final ByteBuffer all = blocks.byteBuffer(hold.handle(), hold.length());
        final ByteBuffer view = hold.isShared() ? all.asReadOnlyBuffer().order(all.order()) : all;
        hold.bufferWatch = new Hold.BufferWatch(view, hold, dropped);
        return view;
    }

    /** Gives back what a loan still has, and says how many shares that were. */
    int giveBack(final Hold hold) {
        if (!tryEnter()) {
            synchronized (registry) {
                return letGo(hold);
            }
        }
        try {
            final int shares = hold.close();
            release(hold.handle(), shares);
            if (shares > 0) {
                forget(hold);
            }
            return shares;
        } finally {
            leave();
        }
    }

    private void release(final long handle, final int shares) {
        for (int i = 0; i < shares; i++) {
            blocks.release(handle);
        }
    }

    private int letGo(final Hold hold) {
        final int shares = hold.close();
        if (hold.keepsMapping && !hold.isHeld()) {
            hold.keepsMapping = false;
            blocks.letGo();
        }
        registry.remove(hold);
        return shares;
    }

    /** Gives back what was dropped without being closed. To be called now and then; costs next to nothing if there is nothing. */
    public void reap() {
        Reference<?> next = dropped.poll();
        while (next != null) {
            final Hold hold;
            final boolean unused;
            synchronized (registry) {
                if (next instanceof Hold.BufferWatch watch) {
                    hold = watch.hold;
                    watch.dropped = true;
                } else {
                    hold = (Hold) next;
                    hold.dropped = true;
                }
                unused = hold.dropped && (hold.bufferWatch == null || hold.bufferWatch.dropped);
            }
            final int shares = unused ? giveBack(hold) : 0;
            if (unused && shares == 0) { // it was kept, in case that it comes again
                forget(hold);
            }
            if (shares > 0) {
                leaked.incrementAndGet();
                LOG.warn(
                        "{} in the arena of {} was dropped without being closed; it was given back now{}",
                        hold,
                        peer,
                        hold.madeAt == null
                                ? " (where it was made was not looked at: of many loans only some are)"
                                : "",
                        hold.madeAt);
            }
            next = dropped.poll();
        }
    }

    @Override
    public ArenaUsage usage() {
        final int[] blocksHere = new int[2];
        final long[] bytesHere = new long[2];
        synchronized (registry) {
            registry.forEach(hold -> {
                final int whose = blocks.isOwn(hold.handle()) ? 0 : 1;
                blocksHere[whose]++;
                bytesHere[whose] += hold.length();
            });
        }
        int loaned = 0;
        long loanedBytes = 0;
        if (tryEnter()) {
            loaned = blocks.loanedBlocks();
            loanedBytes = blocks.loanedBytes();
            leave();
        }
        return new ArenaUsage(
                blocks.capacity(),
                blocksHere[0],
                bytesHere[0],
                Math.max(0, loaned - blocksHere[0]),
                Math.max(0, loanedBytes - bytesHere[0]),
                blocksHere[1],
                bytesHere[1],
                leaked.get());
    }

    /**
     * Ends the arena, once no message is on its way in this process: nothing is loaned any more, and what is still held is
     * reported and stays readable. Call before the link is closed.
     */
    @Override
    public void close() {
        closed = true;
        while (inside.get() > 0) {
            LockSupport.parkNanos(this, PAUSE_NS);
        }
        synchronized (registry) {
            registry.forEach(hold -> {
                if (!hold.keepsMapping) {
                    hold.keepsMapping = true;
                    blocks.retain();
                    LOG.warn("{} is still held at the end of the arena of {}", hold, peer, hold.madeAt);
                }
            });
        }
    }

    private void enter() {
        if (!tryEnter()) {
            throw patience.ended.get();
        }
    }

    private boolean tryEnter() {
        inside.incrementAndGet();
        if (closed) {
            inside.decrementAndGet();
            return false;
        }
        return true;
    }

    private void leave() {
        inside.decrementAndGet();
    }
}
