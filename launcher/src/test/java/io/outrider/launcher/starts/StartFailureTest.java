package io.outrider.launcher.starts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteExecutor;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.ConfigurationException;
import io.outrider.error.ContractException;
import io.outrider.error.OutriderException;
import io.outrider.error.RemoteCallException;
import io.outrider.error.SerializationException;
import io.outrider.error.WorkerStartException;
import io.outrider.launcher.support.ClassPaths;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.LeavesNothingBehind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A start that fails does so by the start timeout, says why, and leaves no process and no file. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class StartFailureTest {
    private static final Duration START_TIMEOUT = Duration.ofSeconds(5);
    /** What taking back may take after the timeout. */
    private static final Duration UNDO_LIMIT = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private static <T extends OutriderException> T failure(Class<T> type, OutriderBuilder settings) {
        OutriderBuilder bounded = settings.startTimeout(START_TIMEOUT).workers(2);
        long beganNs = System.nanoTime();
        T failed = assertThrows(type, () -> SmallWorkers.open(bounded).close());
        Duration took = Duration.ofNanos(System.nanoTime() - beganNs);
        assertTrue(took.compareTo(START_TIMEOUT.plus(UNDO_LIMIT)) < 0, () -> "took " + took);
        return failed;
    }

    private static void assertSays(Throwable failed, String... parts) {
        StringWriter text = new StringWriter();
        failed.printStackTrace(new PrintWriter(text));
        for (String part : parts) {
            assertTrue(text.toString().contains(part), () -> part + " in:\n" + text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void aJavaThatIsNotThere(String transport) {
        OutriderException failed = failure(
                OutriderException.class, SmallWorkers.on(transport).javaExecutable(directory.resolve("no/java")));
        assertTrue(
                failed instanceof WorkerStartException || failed instanceof ConfigurationException, failed::toString);
        assertSays(failed, directory.resolve("no/java").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void aJavaThatIsNone(String transport) throws Exception {
        Path script = Files.writeString(directory.resolve("java"), "#!/bin/sh\necho 'I am no java' >&2\nexit 7\n");
        assertTrue(script.toFile().setExecutable(true));
        OutriderException failed =
                failure(OutriderException.class, SmallWorkers.on(transport).javaExecutable(script));
        assertSays(failed, "I am no java");
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void aJvmArgumentThatIsNone(String transport) {
        WorkerStartException failed =
                failure(WorkerStartException.class, SmallWorkers.on(transport).jvmArguments("--no-such-flag"));
        assertSays(failed, "--no-such-flag", "code 1");
    }

    interface Needed {
        int answer();
    }

    static final class NeededHere implements Needed {
        @Override
        public int answer() {
            return 1;
        }
    }

    /** Outrider itself a worker has in any case; the user's classes it has not, and says so without dying. */
    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void classesThatTheWorkerLacks(String transport) throws Exception {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        try (RemoteExecutor workers =
                SmallWorkers.open(SmallWorkers.on(transport).classPath(List.of(empty)))) {
            ContractException contract =
                    assertThrows(ContractException.class, () -> workers.create(Needed.class, NeededHere.class));
            assertSays(contract, Needed.class.getName(), "class path");
            OutriderException factory =
                    assertThrows(OutriderException.class, () -> workers.create(Needed.class, NeededHere::new));
            assertSays(factory, StartFailureTest.class.getName());
            OutriderException task = assertThrows(
                    OutriderException.class, () -> Threads.get(workers.submit(() -> 1), Duration.ofSeconds(20)));
            assertSays(task, StartFailureTest.class.getName());
            assertTrue(workers.workers().get(0).alive());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void aContractThatTheWorkerLacks(String transport) {
        OutriderBuilder settings =
                SmallWorkers.on(transport).classPath(ClassPaths.withoutTests()).contracts(Needed.class);
        ConfigurationException failed = failure(ConfigurationException.class, settings);
        assertSays(failed, Needed.class.getName(), "class path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void anInitializerThatTheWorkerLacks(String transport) {
        OutriderBuilder settings = SmallWorkers.on(transport)
                .classPath(ClassPaths.withoutTests())
                .initializer(id -> System.out.println(id));
        WorkerStartException failed = failure(WorkerStartException.class, settings);
        assertSays(failed, StartFailureTest.class.getName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void anInitializerThatThrows(String transport) {
        OutriderBuilder settings = SmallWorkers.on(transport).initializer(id -> {
            System.err.println("about to fail in " + id);
            throw new java.io.IOException("no data", new IllegalStateException("below"));
        });
        WorkerStartException failed = failure(WorkerStartException.class, settings);
        assertSays(failed, "java.io.IOException: no data", "IllegalStateException: below", "about to fail in ");
        RemoteCallException cause = (RemoteCallException) failed.getCause();
        assertEquals("java.io.IOException", cause.failure().typeName());
        assertSays(failed, "StartFailureTest.java:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void anInitializerThatThrowsAnError(String transport) {
        OutriderBuilder settings = SmallWorkers.on(transport).initializer(id -> {
            throw new NoClassDefFoundError("some/Missing");
        });
        assertSays(failure(WorkerStartException.class, settings), "some/Missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void anInitializerThatNeverReturns(String transport) {
        OutriderBuilder settings = SmallWorkers.on(transport).initializer(id -> {
            System.err.println("waiting for ever in " + id);
            while (true) {
                try {
                    Thread.sleep(1_000);
                } catch (InterruptedException ignored) {
                    System.err.println("not to be interrupted");
                }
            }
        });
        WorkerStartException failed = failure(WorkerStartException.class, settings);
        assertSays(failed, "5000 ms", "initializer", "waiting for ever in ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void anInitializerThatEndsTheWorker(String transport) {
        OutriderBuilder settings = SmallWorkers.on(transport).initializer(id -> {
            System.err.println("good bye from " + id);
            Runtime.getRuntime().halt(9);
        });
        WorkerStartException failed = failure(WorkerStartException.class, settings);
        assertSays(failed, "good bye from ", "code 9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void anInitializerThatCannotBeSent(String transport) {
        Thread thread = Thread.currentThread();
        SerializationException failed =
                failure(SerializationException.class, SmallWorkers.on(transport).initializer(id -> thread.getName()));
        assertSays(failed, "java.lang.Thread");
    }

    @ParameterizedTest
    @ValueSource(strings = {"carrier-pigeon", "Queue", ""})
    void aTransportThatIsNotThere(String transport) {
        ConfigurationException failed = failure(ConfigurationException.class, SmallWorkers.on(transport));
        assertSays(failed, transport, "queue", "ring");
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void aWorkingDirectoryThatCannotBeMade(String transport) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "no directory");
        OutriderException failed =
                failure(OutriderException.class, SmallWorkers.on(transport).workingDirectory(file.resolve("nowhere")));
        assertSays(failed, "workingDirectory", "nowhere");
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void lanesThatCannotBe(String transport) {
        for (int bytes : new int[] {0, 1000, 32 * 1024, 100_000, Integer.MAX_VALUE}) {
            ConfigurationException failed = failure(
                    ConfigurationException.class, SmallWorkers.on(transport).laneBytes(bytes));
            assertSays(failed, "laneBytes", Integer.toString(bytes));
        }
    }
}
