package io.outrider.launcher.local;

import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What one call within a process copies its arguments and its result through. For one thread at a time. */
final class CopyBuffers {
    private final Pool pool;
    private final ValueWriter arguments;
    private final ValueReader incoming;
    private final ValueWriter outcome;
    private final ValueReader result;

    private CopyBuffers(final Pool pool) {
        this.pool = pool;
        this.arguments = new ValueWriter(pool.marshaller, pool.maxPayloadBytes);
        this.incoming = new ValueReader(pool.marshaller);
        this.outcome = new ValueWriter(pool.marshaller, pool.maxPayloadBytes);
        this.result = new ValueReader(pool.marshaller);
    }

    /** Buffers that are free. Safe from any thread. */
    static final class Pool {
        private static final int MAX_SPARE = 64;

        private final ConcurrentLinkedDeque<CopyBuffers> spare = new ConcurrentLinkedDeque<>();
        private final AtomicInteger spares = new AtomicInteger();
        private final Marshaller marshaller;
        private final int maxPayloadBytes;

        Pool(final Marshaller marshaller, final int maxPayloadBytes) {
            this.marshaller = marshaller;
            this.maxPayloadBytes = maxPayloadBytes;
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

    void giveBack() {
        arguments.trim();
        outcome.trim();
        if (pool.spares.incrementAndGet() <= Pool.MAX_SPARE) {
            pool.spare.addFirst(this);
        } else {
            pool.spares.decrementAndGet();
        }
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

    void readArguments() {
        incoming.wrap(arguments.buffer(), 0, arguments.length());
    }

    void readResult() {
        result.wrap(outcome.buffer(), 0, outcome.length());
    }

    /** What was thrown, as it would arrive from another process. */
    Marshaller.Failure copyFailure(final Throwable thrown) {
        outcome.reset(0);
        pool.marshaller.writeFailure(thrown, outcome);
        readResult();
        return pool.marshaller.readFailure(result);
    }
}
