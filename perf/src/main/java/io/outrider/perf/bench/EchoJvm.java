package io.outrider.perf.bench;

import io.outrider.perf.fork.ForkedJvm;
import java.io.IOException;

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
