package io.outrider.perf.peer;

import io.outrider.perf.bench.EchoJvm;
import io.outrider.perf.bench.EchoPeer;
import io.outrider.perf.bench.Exchange;
import io.outrider.perf.bench.Payload;
import io.outrider.perf.bench.Rig;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The floor: one cache line that goes to the other JVM and comes back. Nothing over shared memory can be faster.
 *
 * <pre>
 *   0 calls made (i64)   8 calls answered (i64)   16 index   24 value   32 answer          64 bytes
 * </pre>
 */
public final class FloorCacheline implements EchoPeer {
    private static final int CALLS = 0;
    private static final int ANSWERS = 8;
    private static final int INDEX = 16;
    private static final int VALUE = 24;
    private static final int ANSWER = 32;
    private static final int LENGTH = 64;

    @Override
    public String name() {
        return "floor.cacheline";
    }

    @Override
    public void serve(final Path directory) throws IOException {
        final UnsafeBuffer line = open(directory);
        EchoThread.start(() -> answer(line));
    }

    @Override
    public Exchange open(final Rig rig) throws IOException {
        final UnsafeBuffer line = open(rig.directory());
        final EchoJvm echo = rig.echo(this);
        return new Line(line, echo);
    }

    private static UnsafeBuffer open(final Path directory) throws IOException {
        return MappedFiles.map(directory.resolve("line"), LENGTH);
    }

    private static void answer(final UnsafeBuffer line) {
        for (long call = 1; ; call++) {
            while (line.getLongVolatile(CALLS) != call) {
                Thread.onSpinWait();
            }
            line.putDouble(ANSWER, Payload.answer(line.getInt(INDEX), line.getDouble(VALUE)));
            line.putLongRelease(ANSWERS, call); // pairs with the caller's spin
        }
    }

    private static final class Line implements Exchange {
        private final UnsafeBuffer line;
        private final EchoJvm echo;
        private long call;

        Line(final UnsafeBuffer line, final EchoJvm echo) {
            this.line = line;
            this.echo = echo;
        }

        @Override
        public double call(final int index, final double value) {
            line.putInt(INDEX, index);
            line.putDouble(VALUE, value);
            line.putLongRelease(CALLS, ++call); // pairs with the far side's spin
            while (line.getLongVolatile(ANSWERS) != call) {
                Thread.onSpinWait();
            }
            return line.getDouble(ANSWER);
        }

        @Override
        public long workerAllocatedBytes() throws IOException {
            return echo.allocatedBytes();
        }

        @Override
        public void close() {
            echo.close();
        }
    }
}
