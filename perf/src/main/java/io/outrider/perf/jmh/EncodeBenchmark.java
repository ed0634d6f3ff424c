package io.outrider.perf.jmh;

import io.outrider.perf.ours.Reading;
import io.outrider.perf.part.Encodings;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Values to bytes and back: our own encodings, and Kryo for the same values. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncodeBenchmark {
    private final Encodings encodings = new Encodings();
    private final Reading reading = new Reading(1, 2, 3, true);
    private final String text = "a text of but thirty-two letters";
    private final double[] values = new double[64];

    /** An int and a double. */
    @Benchmark
    public double primitives() {
        return encodings.primitives(reading.index(), reading.value());
    }

    /** A string. */
    @Benchmark
    public @Nullable String string() {
        return encodings.string(text);
    }

    /** The same string by Kryo. */
    @Benchmark
    public String stringByKryo() {
        return encodings.stringByKryo(text);
    }

    /** An array of 64 doubles by our own encoding. */
    @Benchmark
    public double @Nullable [] array() {
        return encodings.array(values);
    }

    /** The same array by Kryo. */
    @Benchmark
    public double[] arrayByKryo() {
        return encodings.arrayByKryo(values);
    }

    /** A record by our own encoding. */
    @Benchmark
    public @Nullable Record record() {
        return encodings.record(reading);
    }

    /** The same record by Kryo, its class registered. */
    @Benchmark
    public Record recordByKryo() {
        return encodings.recordByKryo(reading);
    }
}
