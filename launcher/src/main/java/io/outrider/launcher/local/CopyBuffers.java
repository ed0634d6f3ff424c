package io.outrider.launcher.local;

import io.outrider.api.LoanArena;
import io.outrider.loan.BlockInbox;
import io.outrider.loan.BlockOutbox;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What one call within a process copies its arguments and its result through, and hands loans over by. For one thread at a time.
 */
final class CopyBuffers {
    private final Pool pool;
    private final BlockOutbox lent;
    private final ValueWriter arguments;
    private final BlockInbox received;
    private final ValueReader incoming;
    private final BlockOutbox lentBack;
    private final ValueWriter outcome;
    private final BlockInbox receivedBack;
    private final ValueReader result;
    private boolean argumentsHaveLoans;
    private boolean outcomeHasLoans;

    private CopyBuffers(final Pool pool) {
        this.pool = pool;
        this.lent = new BlockOutbox(pool.arenas.ofCallers());
        this.arguments = new ValueWriter(pool.marshaller, pool.maxPayloadBytes, lent);
        this.received = BlockInbox.ofCalls(pool.arenas.ofObjects());
        this.incoming = new ValueReader(pool.marshaller, received);
        this.lentBack = new BlockOutbox(pool.arenas.ofObjects());
        this.outcome = new ValueWriter(pool.marshaller, pool.maxPayloadBytes, lentBack);
        this.receivedBack = BlockInbox.ofAnswers(pool.arenas.ofCallers(), lent);
        this.result = new ValueReader(pool.marshaller, receivedBack);
    }

    /** Buffers that are free. Safe from any thread. */
    static final class Pool {
        private static final int MAX_SPARE = 64;

        private final ConcurrentLinkedDeque<CopyBuffers> spare = new ConcurrentLinkedDeque<>();
        private final AtomicInteger spares = new AtomicInteger();
        private final Marshaller marshaller;
        private final int maxPayloadBytes;
        private final LocalArenas arenas;

        Pool(final Marshaller marshaller, final int maxPayloadBytes, final LocalArenas arenas) {
            this.marshaller = marshaller;
            this.maxPayloadBytes = maxPayloadBytes;
            this.arenas = arenas;
        }

        CopyBuffers borrow() {
            final @Nullable CopyBuffers free = spare.pollFirst();
            final CopyBuffers buffers;
            if (free == null) {
                buffers = new CopyBuffers(this);
            } else {
                spares.decrementAndGet();
                buffers = free;
            }
            buffers.arguments.reset(0);
            buffers.outcome.reset(0);
            return buffers;
        }
    }

    /** For the caller, at the end: what of loans was not taken goes back to where it came from. */
    void giveBack() {
        receivedBack.giveBack();
        receivedBack.forget();
        received.forget();
        lent.settle();
        argumentsHaveLoans = false;
        outcomeHasLoans = false;
        arguments.trim();
        outcome.trim();
        if (pool.spares.incrementAndGet() <= Pool.MAX_SPARE) {
            pool.spare.addFirst(this);
        } else {
            pool.spares.decrementAndGet();
        }
    }

    LoanArena arenaOfObjects() {
        return pool.arenas.ofObjects();
    }

    ValueWriter arguments() {
        return arguments;
    }

    ValueReader incoming() {
        return incoming;
    }

    ValueWriter outcome() {
        return outcome;
    }

    ValueReader result() {
        return result;
    }

    /** For the caller: the call is made, and its loans are the object's. */
    void handOver() {
        argumentsHaveLoans = lent.seal(arguments);
        lent.handOver();
    }

    /** The call could not be made: its loans are the caller's again. */
    void takeBack() {
        lent.takeBack();
        lent.settle();
    }

    /** The call was made and will never run: its loans go back to the arena, as nobody would know what to do with them. */
    void discardArguments() {
        lent.discard();
    }

    void readArguments() {
        final int length = arguments.length();
        incoming.wrap(
                arguments.buffer(), 0, argumentsHaveLoans ? received.open(arguments.buffer(), 0, length) : length);
    }

    /** The method has returned: what it did not take goes back, and buffers that it was given end. */
    void closeArguments() {
        received.giveBack();
    }

    /** The result is written: its loans are the caller's. */
    void handBack() {
        outcomeHasLoans = lentBack.seal(outcome);
        lentBack.handOver();
        lentBack.settle(received);
    }

    /** There is no result. */
    void discardOutcome() {
        lentBack.discard();
    }

    void readResult() {
        final int length = outcome.length();
        if (outcomeHasLoans) {
            outcomeHasLoans = false;
            result.wrap(outcome.buffer(), 0, receivedBack.open(outcome.buffer(), 0, length));
        } else {
            result.wrap(outcome.buffer(), 0, length);
        }
    }

    /** What was thrown, as it would arrive from another process. */
    Marshaller.Failure copyFailure(final Throwable thrown) {
        lentBack.discard();
        outcome.reset(0);
        pool.marshaller.writeFailure(thrown, outcome);
        readResult();
        return pool.marshaller.readFailure(result);
    }
}
