package io.outrider.launcher.starts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.error.WorkerDiedException;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import io.outrider.testkit.LeavesNothingBehind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever leads a worker is pinned, and nobody else. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class PinTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String NOWHERE = "99999";

    /** Says where it may run. */
    public interface Runner {
        /** The processors that the calling thread may use, as the kernel writes them. */
        String allowed();

        /** The same, after keeping the thread for so long that another one leads. */
        String allowedAfter(long millis) throws InterruptedException;

        /** Ends the worker at once, so that what it wrote can be read. */
        void die();
    }

    /** Asks the kernel. */
    static final class Real implements Runner {
        @Override
        public String allowed() {
            try {
                return Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                        .filter(line -> line.startsWith("Cpus_allowed_list:"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("unknown");
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String allowedAfter(final long millis) throws InterruptedException {
            Thread.sleep(millis);
            return allowed();
        }

        @Override
        public void die() {
            Runtime.getRuntime().halt(1);
        }
    }

    @BeforeEach
    void onLinux() {
        assumeTrue(Files.isReadable(Path.of("/proc/thread-self/status")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void theLeaderRunsWhereItShould(final String transport) {
        final String own = new Real().allowed();
        final int processor = Integer.parseInt(own.split("[-,]", -1)[0]);
        try (RemoteExecutor workers =
                        SmallWorkers.open(SmallWorkers.on(transport).cpu(processor));
                RemoteObject<Runner> object = workers.create(Runner.class, Real::new)) {
            // The first call may run elsewhere, if the leader was replaced while it made the object.
            new Await(LIMIT)
                    .until("a pinned leader", () -> object.stub().allowed().equals(Integer.toString(processor)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void whoNoLongerLeadsRunsAnywhereAndWhoeverLeadsThenIsPinned(final String transport) throws Exception {
        final String own = new Real().allowed();
        final int processor = Integer.parseInt(own.split("[-,]", -1)[0]);
        try (RemoteExecutor workers =
                        SmallWorkers.open(SmallWorkers.on(transport).cpu(processor));
                RemoteObject<Runner> slow = workers.create(Runner.class, Real::new);
                RemoteObject<Runner> other = workers.create(Runner.class, Real::new)) {
            final CompletableFuture<String> kept = slow.async(runner -> {
                try {
                    return runner.allowedAfter(500);
                } catch (final InterruptedException never) { // the call is only recorded here
                    throw new IllegalStateException(never);
                }
            });
            new Await(LIMIT)
                    .until("another pinned leader", () -> other.stub().allowed().equals(Integer.toString(processor)));
            assertEquals(own, Threads.get(kept, LIMIT));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void aProcessorThatIsNotThereIsAWarningAndNoFailure(final String transport) {
        final String own = new Real().allowed();
        try (RemoteExecutor workers =
                        SmallWorkers.open(SmallWorkers.on(transport).cpu(Integer.parseInt(NOWHERE)));
                RemoteObject<Runner> object = workers.create(Runner.class, Real::new)) {
            assertEquals(own, object.stub().allowed());
            final WorkerDiedException died =
                    assertThrows(WorkerDiedException.class, () -> object.stub().die());
            final List<String> warnings = died.report().stderrTail().stream()
                    .filter(line -> line.contains("WARN") && line.contains("not pinned to processor " + NOWHERE))
                    .toList();
            assertEquals(1, warnings.size(), died::getMessage);
        }
    }
}
