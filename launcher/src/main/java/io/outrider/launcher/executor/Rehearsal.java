package io.outrider.launcher.executor;

import io.outrider.contract.Contract;
import io.outrider.engine.ObjectHandle;
import io.outrider.error.OutriderException;
import io.outrider.protocol.ObjectSystem;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An object, a few calls and a task of Outrider's own, after which the first ones of the user's find all classes loaded and all
 * codecs made. It leaves nothing in the worker. Blocks, within a bound; a failure is logged and means nothing.
 */
final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final int CALLS = 3;
    private static final long LIMIT_S = 10;

    private Rehearsal() {}

    /** What is called; public since its stub is generated. */
    public interface Part {
        /**
         * Answers.
         *
         * @param line what is said
         * @return the same
         */
        String play(String line);
    }

    /** The object that is made. */
    static final class Player implements Part {
        @Override
        public String play(final String line) {
            return line;
        }
    }

    static void run(final Worker worker) {
        try {
            final Contract<Part> contract = Contract.of(Part.class);
            try (ObjectHandle<Part> object = worker.create(contract, system -> make(system, contract))) {
                for (int i = 0; i < CALLS; i++) {
                    object.stub().play("line");
                }
            }
            worker.submit(() -> CALLS).get(LIMIT_S, TimeUnit.SECONDS);
        } catch (final OutriderException | ExecutionException | TimeoutException failure) {
            // In strict mode, say, where no class of Outrider's own may cross either.
            LOG.debug("worker {} was not rehearsed to the end", worker.id(), failure);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static long make(final ObjectSystem system, final Contract<Part> contract) {
        try {
            return system.create(contract.name(), contract.digest(), 1, Player::new);
        } catch (final OutriderException failure) {
            throw failure;
        } catch (final Exception impossible) { // what the factory throws arrives as a RemoteCallException
            throw new IllegalStateException(impossible);
        }
    }
}
