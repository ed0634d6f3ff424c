package io.outrider.perf.peer;

import io.outrider.perf.bench.EchoJvm;
import io.outrider.perf.bench.EchoPeer;
import io.outrider.perf.bench.Exchange;
import io.outrider.perf.bench.Frames;
import io.outrider.perf.bench.MappedFiles;
import io.outrider.perf.bench.Payload;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.bench.Rung;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The floor of memory that changes hands: two frames in a mapped file, filled by one JVM and summed by the other, in turn.
 *
 * <pre>
 *   0 frame 0 sent (i64)   64 frame 0 summed (i64)   128 frame 1 sent   192 frame 1 summed   4096 frame 0, then frame 1
 * </pre>
 */
public final class FloorMemory implements EchoPeer, Rung {
    /** The name in reports. */
    public static final String NAME = "floor.memory.handover";

    private static final int FRAMES = 2;
    private static final int LINE = 64;
    private static final int HEADER = 4096;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void serve(final Path directory) throws IOException {
        final Side side = side(directory);
        EchoThread.start(side::answer);
    }

    @Override
    public Exchange open(final Rig rig) throws IOException {
        final Side side = side(rig.directory());
        return new OneFrame(side, rig.echo(this));
    }

    /**
     * Opens one side.
     *
     * @param directory of the round
     * @return a side
     * @throws IOException if the file can't be mapped
     */
    public Side side(final Path directory) throws IOException {
        final UnsafeBuffer all = MappedFiles.map(directory.resolve("memory"), HEADER + FRAMES * Frames.BYTES);
        final UnsafeBuffer[] frames = new UnsafeBuffer[FRAMES];
        for (int i = 0; i < FRAMES; i++) {
            frames[i] = new UnsafeBuffer(all, HEADER + i * Frames.BYTES, Frames.BYTES);
        }
        return new Side(new UnsafeBuffer(all, 0, HEADER), frames);
    }

    /** Takes the sum of a frame and the seed that it was filled with. */
    @FunctionalInterface
    public interface Check {
        /**
         * Checks a frame that came back.
         *
         * @param sum found
         * @param seed that it was filled with
         */
        void check(long sum, long seed);
    }

    /** One JVM's view of the frames. For one thread. */
    public static final class Side {
        private final UnsafeBuffer words;
        private final UnsafeBuffer[] frames;

        private Side(final UnsafeBuffer words, final UnsafeBuffer[] frames) {
            this.words = words;
            this.frames = frames;
        }

        private static int sent(final int which) {
            return 2 * which * LINE;
        }

        private static int summed(final int which) {
            return sent(which) + LINE;
        }

        /**
         * Fills and sends a frame, once the far side has summed the one before it in its place.
         *
         * @param number of the frame, from 0
         * @param check of the one before it
         */
        public void send(final long number, final Check check) {
            final int which = (int) (number % FRAMES);
            final long before = number / FRAMES;
            awaitSum(which, before);
            if (before > 0) {
                check.check(frames[which].getLong(0), number - FRAMES);
            }
            Frames.fill(frames[which], Frames.BYTES, number);
            words.putLongRelease(sent(which), before + 1); // pairs with the far side's spin
        }

        private void awaitSum(final int which, final long count) {
            while (words.getLongVolatile(summed(which)) != count) {
                Thread.onSpinWait();
            }
        }

        private void answer() {
            for (long number = 0; ; number++) {
                final int which = (int) (number % FRAMES);
                final long count = number / FRAMES + 1;
                while (words.getLongVolatile(sent(which)) != count) {
                    Thread.onSpinWait();
                }
                frames[which].putLong(0, Frames.sum(frames[which], Frames.BYTES));
                words.putLongRelease(summed(which), count); // pairs with the near side's spin
            }
        }
    }

    /** One frame there, and its sum back. */
    private static final class OneFrame implements Exchange {
        private final Side side;
        private final EchoJvm far;
        private long number;

        OneFrame(final Side side, final EchoJvm far) {
            this.side = side;
            this.far = far;
        }

        @Override
        public double call(final int index, final double value) {
            side.send(number, (sum, seed) -> {});
            side.awaitSum((int) (number % FRAMES), number / FRAMES + 1);
            number++;
            return Payload.answer(index, value);
        }

        @Override
        public long workerAllocatedBytes() throws IOException {
            return far.allocatedBytes();
        }

        @Override
        public void close() {
            far.close();
        }
    }
}
