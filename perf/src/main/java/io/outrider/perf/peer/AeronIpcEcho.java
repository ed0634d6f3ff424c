package io.outrider.perf.peer;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.outrider.perf.bench.EchoJvm;
import io.outrider.perf.bench.EchoPeer;
import io.outrider.perf.bench.Exchange;
import io.outrider.perf.bench.Payload;
import io.outrider.perf.bench.Rig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * Aeron over its {@code aeron:ipc} channel: exclusive publications, claim and commit, spinning subscribers. The media driver,
 * which takes no part in a message, runs in the caller's JVM on one thread that backs off, so that it leaves the processors to
 * the two that spin. A term is as large as a lane of Outrider's.
 */
public final class AeronIpcEcho implements EchoPeer {
    private static final String CHANNEL = "aeron:ipc";
    private static final int REQUESTS = 1;
    private static final int REPLIES = 2;
    private static final int TERM = 1024 * 1024;
    private static final int FRAGMENTS = 10;
    private static final long CONNECTION_POLL_NS = 100_000;

    @Override
    public String name() {
        return "aeron.ipc.echo";
    }

    @Override
    public void serve(final Path directory) {
        final Aeron aeron = connect(directory);
        final Subscription requests = aeron.addSubscription(CHANNEL, REQUESTS);
        final ExclusivePublication replies = aeron.addExclusivePublication(CHANNEL, REPLIES);
        EchoThread.start(() -> {
            final BufferClaim claim = new BufferClaim();
            final FragmentHandler handler = (buffer, offset, length, header) -> {
                final double answer =
                        Payload.answer(buffer.getInt(offset + Payload.INDEX), buffer.getDouble(offset + Payload.VALUE));
                claim(replies, Payload.REPLY, claim);
                claim.buffer().putDouble(claim.offset(), answer);
                claim.commit();
            };
            while (true) {
                if (requests.poll(handler, FRAGMENTS) == 0) {
                    Thread.onSpinWait();
                }
            }
        });
    }

    @Override
    public Exchange open(final Rig rig) throws IOException {
        final MediaDriver driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(aeronDirectory(rig.directory()))
                .threadingMode(ThreadingMode.SHARED)
                .ipcTermBufferLength(TERM)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
        final Aeron aeron = connect(rig.directory());
        final Streams streams = new Streams(driver, aeron, rig.echo(this));
        streams.awaitConnected();
        return streams;
    }

    private static String aeronDirectory(final Path directory) {
        return directory.resolve("aeron").toString();
    }

    private static Aeron connect(final Path directory) {
        return Aeron.connect(new Aeron.Context().aeronDirectoryName(aeronDirectory(directory)));
    }

    private static void claim(final ExclusivePublication publication, final int length, final BufferClaim claim) {
        while (publication.tryClaim(length, claim) < 0) {
            Thread.onSpinWait();
        }
    }

    private static final class Streams implements Exchange, FragmentHandler {
        private final MediaDriver driver;
        private final Aeron aeron;
        private final EchoJvm echo;
        private final ExclusivePublication requests;
        private final Subscription replies;
        private final BufferClaim claim = new BufferClaim();
        private double answer;

        Streams(final MediaDriver driver, final Aeron aeron, final EchoJvm echo) {
            this.driver = driver;
            this.aeron = aeron;
            this.echo = echo;
            requests = aeron.addExclusivePublication(CHANNEL, REQUESTS);
            replies = aeron.addSubscription(CHANNEL, REPLIES);
        }

        void awaitConnected() {
            while (!requests.isConnected() || !replies.isConnected()) {
                LockSupport.parkNanos(this, CONNECTION_POLL_NS);
            }
        }

        @Override
        public double call(final int index, final double value) {
            claim(requests, Payload.REQUEST, claim);
            claim.buffer().putInt(claim.offset() + Payload.INDEX, index);
            claim.buffer().putDouble(claim.offset() + Payload.VALUE, value);
            claim.commit();
            while (replies.poll(this, FRAGMENTS) == 0) {
                Thread.onSpinWait();
            }
            return answer;
        }

        @Override
        public void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
            answer = buffer.getDouble(offset);
        }

        @Override
        public long workerAllocatedBytes() throws IOException {
            return echo.allocatedBytes();
        }

        @Override
        public void close() {
            echo.close();
            CloseHelper.closeAll(aeron, driver);
        }
    }
}
