package io.outrider.perf.bench;

import io.outrider.perf.fork.ForkedJvm;
import java.io.IOException;
import java.nio.file.Path;

/** The far side of a peer, as its caller sees it. */
public final class EchoJvm implements AutoCloseable {
    private final ForkedJvm jvm;

    EchoJvm(final ForkedJvm jvm) {
        this.jvm = jvm;
    }

    /**
     * What it has allocated up to now, over all threads that answer.
     *
     * @return bytes
     * @throws IOException if it does not say
     */
    public long allocatedBytes() throws IOException {
        return Long.parseLong(jvm.ask(EchoMain.ALLOCATED));
    }

    /**
     * Has it answer a {@link CacheLine} too, until that is ended.
     *
     * @param directory of the line
     * @throws IOException if it does not
     */
    public void answerLine(final Path directory) throws IOException {
        final String answer = jvm.ask(EchoMain.LINE + directory);
        if (!EchoMain.READY.equals(answer)) {
            throw new IOException("the far side said " + answer);
        }
    }

    /**
     * Its process.
     *
     * @return the pid
     */
    public long pid() {
        return jvm.pid();
    }

    @Override
    public void close() {
        jvm.close();
    }
}
