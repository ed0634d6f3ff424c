package io.outrider.perf.jmh;

import io.outrider.perf.ours.Arithmetic;
import io.outrider.perf.part.LocalCalls;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Stub, encoding, decoding, dispatcher, and back: everything but the lane and the engine. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DispatchBenchmark {
    private final Arithmetic stub = new LocalCalls().stub();
    private int index;

    /** One call. */
    @Benchmark
    public double primitive() {
        return stub.f(index++, 1);
    }
}
