package io.outrider.launcher.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.config.OutriderConfig;
import io.outrider.config.SerializerConfig;
import io.outrider.error.ConfigurationException;
import io.outrider.error.ContractException;
import io.outrider.error.OutriderException;
import io.outrider.error.RemoteCallException;
import io.outrider.error.WorkerStartException;
import io.outrider.protocol.control.ControlMessage.Vocabulary;
import io.outrider.testkit.LeavesNothingBehind;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LeavesNothingBehind.class)
final class WorkerStartTest {
    private StartFixture fixture;

    @BeforeEach
    void open() {
        fixture = new StartFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aWorkerStartsAndStops() {
        try (WorkerProcess worker =
                WorkerProcess.start(fixture.request(StartFixture.config().conclude()))) {
            assertTrue(worker.isAlive());
            assertTrue(worker.pid() != ProcessHandle.current().pid());
            final StartFixture.Deaths deaths = new StartFixture.Deaths();
            worker.onDeath(deaths);
            worker.stop(Duration.ofSeconds(5));
            assertFalse(worker.isAlive());
            assertFalse(deaths.isEmpty());
        }
    }

    @Test
    void severalStartSideBySide() {
        final OutriderConfig config = StartFixture.config().workers(3).conclude();
        final List<StartRequest> requests = Stream.of(0, 1, 2)
                .map(id -> fixture.request(id, config, io.outrider.worker.WorkerMain.class))
                .toList();
        final List<WorkerProcess> workers = WorkerStarts.begin(requests).await();
        assertEquals(
                List.of(0, 1, 2), workers.stream().map(WorkerProcess::workerId).toList());
        workers.forEach(WorkerProcess::close);
    }

    @Test
    void ifOneOfSeveralFailsNoneIsLeft() {
        final OutriderConfig config = StartFixture.config().workers(2).conclude();
        final List<StartRequest> requests = List.of(
                fixture.request(0, config, io.outrider.worker.WorkerMain.class),
                fixture.request(1, config, TestWorkers.ExitsAtOnce.class));
        final OutriderException failure = assertThrows(
                OutriderException.class, () -> WorkerStarts.begin(requests).await());
        final boolean named = Stream.concat(Stream.of(failure), Stream.of(failure.getSuppressed()))
                .anyMatch(each -> each.getMessage().contains("worker 1"));
        assertTrue(named, failure::toString);
    }

    @Test
    void noSuchJava() {
        final WorkerStartException failure = fails(
                WorkerStartException.class,
                StartFixture.config().javaExecutable(Path.of("/no/such/java")).conclude());
        assertTrue(failure.getMessage().contains("/no/such/java"));
        assertInstanceOf(IOException.class, failure.getCause());
    }

    @Test
    void aJavaThatIsTooOld(@TempDir final Path home) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"1.8.0_412\"\n");
        final Path java = Files.writeString(home.resolve("bin/java"), "#!/bin/sh\n");
        assertTrue(java.toFile().setExecutable(true));
        final ConfigurationException failure = fails(
                ConfigurationException.class,
                StartFixture.config().javaExecutable(java).conclude());
        assertTrue(failure.getMessage().contains("is Java 8"), failure::getMessage);
    }

    @Test
    void aFlagThatTheJvmRefuses() {
        final WorkerStartException failure = fails(
                WorkerStartException.class,
                StartFixture.config().jvmArguments("-XX:+NoSuchFlag").conclude());
        assertTrue(failure.getMessage().contains("exited with code 1"), failure::getMessage);
        assertTrue(failure.getMessage().contains("NoSuchFlag"), failure::getMessage);
    }

    @Test
    void theProcessEndsBeforeItConnects() {
        final WorkerStartException failure = assertThrows(
                WorkerStartException.class,
                () -> WorkerProcess.start(
                        fixture.request(0, StartFixture.config().conclude(), TestWorkers.ExitsAtOnce.class)));
        assertTrue(failure.getMessage().contains("exited with code 7"), failure::getMessage);
        assertTrue(failure.getMessage().contains("a last word"), failure::getMessage);
        assertNotNull(failure.getCause());
    }

    @Test
    void theProcessNeverConnects() {
        final OutriderConfig config =
                StartFixture.config().startTimeout(Duration.ofSeconds(2)).conclude();
        final WorkerStartException failure = assertThrows(
                WorkerStartException.class,
                () -> WorkerProcess.start(fixture.request(0, config, TestWorkers.NeverConnects.class)));
        assertInstanceOf(SocketTimeoutException.class, failure.getCause());
        assertTrue(failure.getMessage().contains("2000 ms it had not connected"), failure::getMessage);
        assertTrue(failure.getMessage().contains("thinking"), failure::getMessage);
    }

    @Test
    void theInitializerThrows() {
        final WorkerStartException failure = fails(
                WorkerStartException.class,
                StartFixture.config()
                        .initializer(id -> {
                            System.err.println("about to fail");
                            throw new IllegalStateException("no database for " + id);
                        })
                        .conclude());
        final RemoteCallException cause = assertInstanceOf(RemoteCallException.class, failure.getCause());
        assertInstanceOf(IllegalStateException.class, cause.getCause());
        assertTrue(failure.getMessage().contains("no database for 0"), failure::getMessage);
        assertTrue(failure.getMessage().contains("about to fail"), failure::getMessage);
    }

    @Test
    void theInitializerNeverReturns() {
        final WorkerStartException failure = fails(
                WorkerStartException.class,
                StartFixture.config()
                        .startTimeout(Duration.ofSeconds(3))
                        .initializer(id -> Thread.sleep(Long.MAX_VALUE))
                        .conclude());
        assertTrue(failure.getMessage().contains("its initializer had not returned"), failure::getMessage);
    }

    @Test
    void theInitializerEndsTheJvm() {
        final WorkerStartException failure = fails(
                WorkerStartException.class,
                StartFixture.config()
                        .initializer(id -> Runtime.getRuntime().halt(9))
                        .conclude());
        assertTrue(failure.getMessage().contains("exited with code 9"), failure::getMessage);
    }

    @Test
    void aClassThatIsMissingInTheWorker(@TempDir final Path empty) {
        final OutriderException failure = fails(
                OutriderException.class,
                StartFixture.config()
                        .classPath(List.of(empty))
                        .initializer(new Missing())
                        .conclude());
        assertInstanceOf(WorkerStartException.class, failure);
        assertTrue(failure.getMessage().contains(Missing.class.getName()), failure::getMessage);
    }

    /** Not on the worker's class path. */
    private static final class Missing implements io.outrider.api.WorkerInitializer {
        private static final long serialVersionUID = 1L;

        @Override
        public void initialize(final int workerId) {}
    }

    @Test
    void differentContractsAreRefusedWithBothValues() {
        final OutriderConfig config = StartFixture.config().conclude();
        final WorkerTerms terms = fixture.terms(config);
        final Vocabulary other = new Vocabulary(
                null, terms.vocabulary().typesDigest(), SerializerConfig.DEFAULT, Map.of("java.lang.Runnable", 0xabcL));
        final ContractException failure = assertThrows(
                ContractException.class,
                () -> WorkerProcess.start(fixture.request(
                        0,
                        config,
                        io.outrider.worker.WorkerMain.class,
                        new WorkerTerms(other, null, terms.failureReader()))));
        final String own = Long.toHexString(
                io.outrider.contract.Contract.of(Runnable.class).digest());
        assertTrue(failure.getMessage().contains("abc"), failure::getMessage);
        assertTrue(failure.getMessage().contains(own), failure::getMessage);
    }

    @Test
    void anInterruptEndsTheStart() {
        Thread.currentThread().interrupt();
        final WorkerStartException failure;
        try {
            failure = fails(WorkerStartException.class, StartFixture.config().conclude());
        } finally {
            assertTrue(Thread.interrupted());
        }
        assertTrue(failure.getMessage().contains("interrupted"), failure::getMessage);
    }

    /** Fails, and leaves no file of the worker. */
    private <E extends OutriderException> E fails(final Class<E> type, final OutriderConfig config) {
        final E failure = assertThrows(type, () -> WorkerProcess.start(fixture.request(config)));
        assertEquals(
                List.of("owner.lock"), List.of(fixture.session.path().toFile().list()));
        return failure;
    }
}
