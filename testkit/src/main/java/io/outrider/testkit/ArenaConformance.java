package io.outrider.testkit;

import static io.outrider.transport.BufferArena.BACK_PRESSURED;
import static io.outrider.transport.BufferArena.BAD_LENGTH;
import static io.outrider.transport.BufferArena.CLOSED;
import static io.outrider.transport.BufferArena.OK;
import static io.outrider.transport.BufferArena.STALE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.transport.ArenaBlock;
import io.outrider.transport.BufferArena;
import io.outrider.transport.Link;
import io.outrider.transport.Side;
import io.outrider.transport.TransportProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the arena of every transport must do between two open sides in one process. A transport's tests extend it. */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
public abstract class ArenaConformance {
    private static final int LANE = 64 * 1024;
    private static final int ARENA = 1024 * 1024;

    private final Await await = new Await(Duration.ofSeconds(100));

    /** For the transport's tests. */
    protected ArenaConformance() {}

    /**
     * The transport under test.
     *
     * @return its provider
     */
    protected abstract TransportProvider provider();

    /** A hand-over as it travels in a frame. */
    private record Descriptor(long handle, int length, byte pattern) {}

    @Test
    void blockIsFilledInPlaceReadInPlaceAndGivenBackInBothDirections() {
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT);
                Link worker = files.open(Side.WORKER)) {
            for (final Link[] direction : new Link[][] {{client, worker}, {worker, client}}) {
                for (final int length : new int[] {
                    1, 4095, 4096, 4097, 100_000, direction[0].arena().maxBlockLength()
                }) {
                    final ArenaBlock block = new ArenaBlock();
                    final Descriptor sent = loan(direction[0].arena(), length, (byte) length, block);
                    assertEquals(length, block.buffer().capacity());
                    checkAndRelease(direction[1].arena(), sent);
                }
            }
        }
    }

    @Test
    void lengthsOutOfRangeCanNeverBeHad() {
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT)) {
            final BufferArena arena = client.arena();
            assertTrue(arena.maxBlockLength() >= ARENA / 2);
            for (final int length :
                    new int[] {0, -1, Integer.MIN_VALUE, arena.maxBlockLength() + 1, Integer.MAX_VALUE}) {
                assertEquals(BAD_LENGTH, arena.tryLoan(length, new ArenaBlock()), () -> "length " + length);
            }
        }
    }

    @Test
    void exhaustedArenaHoldsBackUntilThePeerGivesBack() {
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT);
                Link worker = files.open(Side.WORKER)) {
            final List<Descriptor> sent = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                sent.add(loan(client.arena(), ARENA / 8, (byte) i, new ArenaBlock()));
            }
            assertEquals(BACK_PRESSURED, client.arena().tryLoan(1, new ArenaBlock()));
            checkAndRelease(worker.arena(), sent.get(5));
            assertEquals(BACK_PRESSURED, client.arena().tryLoan(ARENA / 4, new ArenaBlock()));
            checkAndRelease(worker.arena(), sent.get(4));
            loan(client.arena(), ARENA / 4, (byte) 77, new ArenaBlock());
            sent.stream()
                    .filter(each -> each.pattern != 4 && each.pattern != 5)
                    .forEach(each -> checkAndRelease(worker.arena(), each));
        }
    }

    @Test
    void loanThatIsNotHandedOverGoesBack() {
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT)) {
            final ArenaBlock block = new ArenaBlock();
            for (int i = 0; i < 5000; i++) {
                assertEquals(OK, client.arena().tryLoan(ARENA, block));
                assertEquals(OK, client.arena().release(block));
                assertEquals(STALE, client.arena().release(block));
            }
        }
    }

    @Test
    void lateAndRepeatedReleasesAreRefusedAndFreeNobodysBlock() {
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT);
                Link worker = files.open(Side.WORKER)) {
            final Descriptor first = loan(client.arena(), 5000, (byte) 1, new ArenaBlock());
            final ArenaBlock opened = new ArenaBlock();
            assertEquals(OK, worker.arena().open(first.handle, first.length, opened));
            final ArenaBlock late = new ArenaBlock();
            late.set(opened.handle(), opened.buffer().addressOffset(), first.length);
            assertEquals(OK, worker.arena().release(opened));
            assertEquals(STALE, worker.arena().release(opened));
            assertEquals(STALE, worker.arena().open(first.handle, first.length, new ArenaBlock()));
            assertEquals(STALE, worker.arena().reopen(first.handle));
            assertEquals(STALE, worker.arena().share(first.handle, 1));

            final Descriptor second = loan(client.arena(), 5000, (byte) 2, new ArenaBlock());
            assertEquals(STALE, worker.arena().release(late));
            assertEquals(STALE, worker.arena().open(first.handle, first.length, new ArenaBlock()));
            checkAndRelease(worker.arena(), second);
        }
    }

    @Test
    void blockGoesThereAndBackAndIsTheSameMemory() {
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT);
                Link worker = files.open(Side.WORKER)) {
            final Descriptor sent = loan(client.arena(), 5000, (byte) 3, new ArenaBlock());
            final ArenaBlock there = new ArenaBlock();
            final ArenaBlock here = new ArenaBlock();
            for (int i = 0; i < 1000; i++) {
                assertEquals(OK, worker.arena().open(sent.handle, sent.length, there));
                there.buffer().putInt(100, i);
                assertEquals(OK, client.arena().open(sent.handle, sent.length, here));
                assertEquals(OK, client.arena().reopen(sent.handle));
                assertEquals(i, here.buffer().getInt(100));
            }
            assertEquals(sent.length, client.arena().loanedBytes());
            assertEquals(1, client.arena().loanedBlocks());
            assertEquals(0, worker.arena().loanedBlocks());
            assertEquals(OK, client.arena().release(here));
            assertEquals(STALE, worker.arena().release(there));
            assertEquals(0, client.arena().loanedBytes());
        }
    }

    @Test
    void sharedBlockIsFreeWhenItsLastShareIsGivenBackByEitherSide() {
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT);
                Link worker = files.open(Side.WORKER)) {
            for (final BufferArena last : new BufferArena[] {client.arena(), worker.arena()}) {
                final long handle = loan(client.arena(), ARENA, (byte) 4, new ArenaBlock()).handle;
                assertEquals(OK, client.arena().share(handle, 3));
                assertEquals(BAD_LENGTH, worker.arena().share(handle, 0));
                assertEquals(BAD_LENGTH, worker.arena().share(handle, BufferArena.MAX_SHARES));
                assertEquals(OK, worker.arena().release(handle));
                assertEquals(OK, client.arena().release(handle));
                assertEquals(OK, worker.arena().release(handle));
                assertEquals(BACK_PRESSURED, client.arena().tryLoan(1, new ArenaBlock()));
                assertEquals(OK, last.release(handle));
                assertEquals(STALE, client.arena().release(handle));
                assertEquals(STALE, worker.arena().release(handle));
                final ArenaBlock all = new ArenaBlock();
                assertEquals(OK, client.arena().tryLoan(ARENA, all));
                assertEquals(OK, client.arena().release(all));
            }
        }
    }

    @Test
    void retainedMemoryOutlivesTheLink() {
        try (TestLink files = newLink()) {
            final Link client = files.open(Side.CLIENT);
            final ArenaBlock block = new ArenaBlock();
            loan(client.arena(), 5000, (byte) 5, block);
            client.arena().retain();
            client.close();
            assertEquals(5, block.buffer().getByte(4999));
            client.arena().letGo();
        }
    }

    @Test
    void garbageIsStaleAndNeverAFault() {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT);
                Link worker = files.open(Side.WORKER)) {
            final Descriptor sent = loan(client.arena(), 100, (byte) 4, new ArenaBlock());
            final ArenaBlock block = new ArenaBlock();
            for (final int length : new int[] {99, 101, 0, -1, Integer.MAX_VALUE}) {
                assertEquals(STALE, worker.arena().open(sent.handle, length, block), () -> "length " + length);
            }
            for (final long handle :
                    new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, sent.handle + 1, sent.handle ^ (1L << 32)}) {
                assertEquals(STALE, worker.arena().open(handle, 100, block), () -> "handle " + handle);
                assertEquals(STALE, worker.arena().reopen(handle), () -> "handle " + handle);
            }
            for (int i = 0; i < 100_000; i++) {
                final long handle = random.nextLong();
                assertEquals(STALE, worker.arena().open(handle, random.nextInt(), block), () -> "seed " + seed);
                block.set(handle, sent.handle, 1);
                assertEquals(STALE, worker.arena().release(block), () -> "seed " + seed);
            }
            checkAndRelease(worker.arena(), sent);
        }
    }

    @Test
    void closedSideAnswersSo() {
        try (TestLink files = newLink()) {
            final Link client = files.open(Side.CLIENT);
            client.close();
            final ArenaBlock block = new ArenaBlock();
            assertEquals(CLOSED, client.arena().tryLoan(1, block));
            assertEquals(CLOSED, client.arena().open(1, 1, block));
            assertEquals(CLOSED, client.arena().reopen(1));
            assertEquals(CLOSED, client.arena().release(block));
        }
    }

    @Test
    void threadsNeverShareABlock() {
        final int threads = 3;
        final int each = 3000;
        try (TestLink files = newLink();
                Link client = files.open(Side.CLIENT);
                Link worker = files.open(Side.WORKER)) {
            final LinkedBlockingQueue<Descriptor> frames = new LinkedBlockingQueue<>();
            final List<CompletableFuture<Void>> done = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                final long seed = new Random().nextLong();
                done.add(run("sender-" + i, () -> send(client.arena(), seed, each, frames)));
            }
            for (int i = 0; i < threads; i++) {
                done.add(run("receiver-" + i, () -> {
                    for (int n = 0; n < each; n++) {
                        checkAndRelease(worker.arena(), take(frames));
                    }
                }));
            }
            done.forEach(CompletableFuture::join);
            loan(client.arena(), client.arena().maxBlockLength(), (byte) 5, new ArenaBlock());
        }
    }

    private TestLink newLink() {
        return TestLink.create(provider(), LANE, LANE / 8, ARENA);
    }

    private void send(
            final BufferArena arena, final long seed, final int count, final LinkedBlockingQueue<Descriptor> frames) {
        final Random random = new Random(seed);
        final ArenaBlock block = new ArenaBlock();
        for (int sent = 0; sent < count; ) {
            final int length = 1 + random.nextInt(random.nextInt(10) == 0 ? ARENA / 4 : 20_000);
            final int result = arena.tryLoan(length, block);
            if (result == OK) {
                final byte pattern = (byte) random.nextInt();
                block.buffer().setMemory(0, length, pattern);
                frames.add(new Descriptor(block.handle(), length, pattern));
                sent++;
            } else {
                assertEquals(BACK_PRESSURED, result, () -> "seed " + seed);
                await.check("a block of " + length + " bytes, seed " + seed);
                Await.giveWay();
            }
        }
    }

    private Descriptor take(final LinkedBlockingQueue<Descriptor> frames) {
        try {
            final Descriptor next = frames.poll(100, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no block arrives");
            }
            return next;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Descriptor loan(
            final BufferArena arena, final int length, final byte pattern, final ArenaBlock block) {
        assertEquals(OK, arena.tryLoan(length, block), () -> "a loan of " + length);
        block.buffer().setMemory(0, length, pattern);
        return new Descriptor(block.handle(), length, pattern);
    }

    private static void checkAndRelease(final BufferArena arena, final Descriptor sent) {
        final ArenaBlock block = new ArenaBlock();
        assertEquals(OK, arena.open(sent.handle, sent.length, block));
        assertEquals(sent.length, block.buffer().capacity());
        for (int i = 0; i < sent.length; i++) {
            if (block.buffer().getByte(i) != sent.pattern) {
                throw new AssertionError("byte " + i + " of " + sent + " is somebody else's");
            }
        }
        assertEquals(OK, arena.release(block));
    }

    private static CompletableFuture<Void> run(final String name, final Runnable task) {
        final CompletableFuture<Void> done = new CompletableFuture<>();
        new Thread(
                        () -> {
                            try {
                                task.run();
                                done.complete(null);
                            } catch (final Throwable t) {
                                done.completeExceptionally(t);
                            }
                        },
                        name)
                .start();
        return done;
    }
}
