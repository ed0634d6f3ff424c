package io.outrider.engine;

import io.outrider.error.ClosedException;
import io.outrider.stream.InboundStream;
import io.outrider.stream.Inbox;
import io.outrider.stream.StreamPort;
import io.outrider.telemetry.Log;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the open streams that nobody will read any more: those that the garbage collector has taken, and those whose reading
 * thread has ended and that no other thread has read since. Streams are added from any thread; one thread looks.
 */
final class ForsakenStreams {
    private static final Log LOG = Log.of(ForsakenStreams.class);

    private final ReferenceQueue<InboundStream<?>> dropped = new ReferenceQueue<>();
    private final Map<Inbox, Guard> guards = new ConcurrentHashMap<>();

    private static final class Guard extends PhantomReference<InboundStream<?>> {
        private final Inbox inbox;
        private final StreamPort port;
        private @Nullable Thread deadReader;

        Guard(final InboundStream<?> stream, final StreamPort port, final ReferenceQueue<InboundStream<?>> queue) {
            super(stream, queue);
            this.inbox = stream.inbox();
            this.port = port;
        }

        /** True once the same thread has been found dead twice in a row. */
        boolean isOrphan() {
            final Thread reader = inbox.reader();
            final boolean dead = reader != null && !reader.isAlive();
            final boolean again = dead && reader == deadReader;
            deadReader = dead ? reader : null;
            return again;
        }

        void close() {
            if (inbox.close()) {
                LOG.warn("the stream of {} was dropped: close it when it is not read to its end", inbox);
                port.cancel(inbox);
            }
        }

        /** Whoever reads on is told, rather than to take what has arrived for all that there is. */
        void abandon() {
            final String text = "the stream of " + inbox + " was closed: the thread that read it has ended";
            LOG.warn(text);
            inbox.fail(() -> new ClosedException(text));
            port.cancel(inbox);
        }
    }

    void add(final InboundStream<?> stream, final StreamPort port) {
        guards.put(stream.inbox(), new Guard(stream, port, dropped));
    }

    void remove(final Inbox inbox) {
        guards.remove(inbox);
    }

    void close() {
        for (Guard guard = (Guard) dropped.poll(); guard != null; guard = (Guard) dropped.poll()) {
            if (guards.remove(guard.inbox) != null) {
                guard.close();
            }
        }
        guards.values().stream().filter(Guard::isOrphan).forEach(Guard::abandon);
    }
}
