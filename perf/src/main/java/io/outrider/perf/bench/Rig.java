package io.outrider.perf.bench;

import io.outrider.perf.fork.ForkedJvm;
import io.outrider.perf.fork.JavaCommand;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a contender is opened with.
 *
 * @param directory in shared memory; for the files of this round, and deleted after it
 */
public record Rig(Path directory) {
    /**
     * Forks the far side of a peer and waits until it answers.
     *
     * @param peer of which
     * @return the far side; ends when it is closed or this JVM ends
     * @throws IOException if it does not start
     */
    public EchoJvm echo(final EchoPeer peer) throws IOException {
        final JavaCommand command = JavaCommand.of(EchoMain.class, peer.name(), directory.toString());
        final ForkedJvm jvm = ForkedJvm.start(command, directory.resolve("echo.log"));
        jvm.expect(EchoMain.READY);
        return new EchoJvm(jvm);
    }
}
