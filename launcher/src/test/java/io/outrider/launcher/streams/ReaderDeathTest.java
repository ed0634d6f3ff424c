package io.outrider.launcher.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.engine.ObjectHandle;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import io.outrider.testkit.JavaProcess;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.testkit.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The process that reads a stream is killed: its generator is cleaned up, and no thread is left for it. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class ReaderDeathTest {
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void whenItsLauncherIsKilledTheWorkerCleansUpAndEnds(String transport) throws Exception {
        Path base = Files.createTempDirectory(Path.of("/dev/shm"), LeavesNothingBehind.PREFIX);
        Path mark = scratch.resolve("mark");
        try (JavaProcess launcher =
                JavaProcess.start(DoomedReader.class, transport, base.toString(), mark.toString())) {
            launcher.awaitLine("ready", new Await(LIMIT));
            ProcessHandle worker = launcher.output().stream()
                    .filter(line -> line.startsWith("worker "))
                    .map(line -> ProcessHandle.of(Long.parseLong(line.substring("worker ".length()))))
                    .findFirst()
                    .orElseThrow()
                    .orElseThrow();
            Await await = new Await(BOUND);
            Signals.kill(launcher.pid());
            await.until("the generator is cleaned up", () -> Files.exists(mark));
            new Await(LIMIT).until("its worker ends", () -> !worker.isAlive());
        }
        delete(base); // as the next launcher there would
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> found = Files.walk(tree)) {
            for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void whenAnAttachedClientIsKilledTheWorkerCleansUpAndGoesOn(String transport) throws Exception {
        try (RemoteExecutor workers =
                        SmallWorkers.open(SmallWorkers.on(transport).workers(2).streamWindow(64));
                RemoteObject<Numbers> object =
                        workers.create(Numbers.class, Numbers.Generator::new, ObjectOptions.DEFAULT.on(0))) {
            Numbers numbers = object.stub();
            String address = ((ObjectHandle<Numbers>) object).ref().address();
            long id = object.objectId();
            long threads = numbers.threads();
            assertEquals(3, Threads.get(workers.submit(1, () -> DoomedReader.attach(address, id)), LIMIT));
            Await await = new Await(BOUND);
            Signals.kill(workers.workers().get(1).pid());
            await.until("the generator is cleaned up", () -> numbers.cleanedUp() == 1);
            await.until("no thread is left", () -> numbers.threads() <= threads);
            assertEquals(5, numbers.plus(2, 3));
        }
    }
}
