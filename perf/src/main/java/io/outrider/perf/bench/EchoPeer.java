package io.outrider.perf.bench;

import java.nio.file.Path;

/** A contender whose far side is a JVM that the harness forks, an {@link EchoMain}. */
public interface EchoPeer extends Contender {
    /**
     * Starts to answer, in the echo JVM, on daemon threads: this method returns once a caller may open its side.
     *
     * @param directory the files of this round, common to both JVMs
     * @throws Exception if it can't be started
     */
    void serve(Path directory) throws Exception;
}
