package io.outrider.perf.jmh;

import io.outrider.perf.fork.SharedDirectory;
import io.outrider.perf.part.LaneOnOneThread;
import io.outrider.perf.part.SlotOnOneThread;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A frame through a lane, and a call and its reply through a direct slot, both ends on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ClaimBenchmark {
    private @Nullable SharedDirectory directory;
    private @Nullable LaneOnOneThread lane;
    private @Nullable SlotOnOneThread slot;
    private double value;

    /** Makes the lane. */
    @Setup
    public void open() throws IOException {
        directory = SharedDirectory.create();
        lane = new LaneOnOneThread(Files.createDirectory(directory.path().resolve("lane")));
        slot = new SlotOnOneThread(Files.createDirectory(directory.path().resolve("slot")));
    }

    /** Deletes it. */
    @TearDown
    public void close() {
        if (lane != null && slot != null && directory != null) {
            lane.close();
            slot.close();
            directory.close();
        }
    }

    /** One frame. */
    @Benchmark
    public double offerAndPoll() {
        return lane == null ? Double.NaN : lane.offerAndPoll(value++);
    }

    /** One call by a slot, and its reply. */
    @Benchmark
    public double slotThereAndBack() {
        return slot == null ? Double.NaN : slot.thereAndBack(value++);
    }
}
