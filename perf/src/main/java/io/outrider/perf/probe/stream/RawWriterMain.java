package io.outrider.perf.probe.stream;

import io.outrider.perf.fork.EndOfInput;
import java.nio.file.Path;

/** The far side's JVM: writes messages until its standard input ends. */
public final class RawWriterMain {
    static final String READY = "ready";

    private RawWriterMain() {}

    /**
     * Runs the writing side.
     *
     * @param args which way, and the directory of the round
     * @throws Exception if it can't be started
     */
    public static void main(final String[] args) throws Exception {
        EndOfInput.haltsThisJvm();
        RawWay.valueOf(args[0]).write(Path.of(args[1]), () -> System.out.println(READY));
    }
}
