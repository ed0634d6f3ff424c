package io.outrider.perf.jmh;

import io.outrider.perf.fork.SharedDirectory;
import io.outrider.perf.part.LaneOnOneThread;
import java.io.IOException;
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

/** Claim, copy, commit and poll of a frame, both ends on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ClaimBenchmark {
    private @Nullable SharedDirectory directory;
    private @Nullable LaneOnOneThread lane;
    private double value;

    /** Makes the lane. */
    @Setup
    public void open() throws IOException {
        directory = SharedDirectory.create();
        lane = new LaneOnOneThread(directory.path());
    }

    /** Deletes it. */
    @TearDown
    public void close() {
        if (lane != null && directory != null) {
            lane.close();
            directory.close();
        }
    }

    /** One frame. */
    @Benchmark
    public double offerAndPoll() {
        return lane == null ? Double.NaN : lane.offerAndPoll(value++);
    }
}
