package io.outrider.launcher.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteExecutor;
import io.outrider.api.TaskContext;
import io.outrider.api.WorkerInfo;
import io.outrider.config.OutriderBuilder;
import io.outrider.config.WaitStrategy;
import io.outrider.launcher.support.ClassPaths;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.LeavesNothingBehind;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the configuration says is what the workers get. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class SettingsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int LONG_CLASS_PATH = 300 * 1024;

    private static volatile String initialized = "not";
    private static final AtomicInteger RUNS = new AtomicInteger();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void processSettingsAndInitializer(String transport) throws Exception {
        String captured = "captured " + transport;
        Path hello = directory.resolve("deep/hello");
        OutriderBuilder settings = SmallWorkers.on(transport)
                .workers(2)
                .environment("OUTRIDER_TEST", "a value with spaces, ünïcode and \"quotes\"")
                .workingDirectory(hello)
                .jvmArguments("-Doutrider.test=one two", "-Xmx96m")
                .initializer(workerId -> {
                    RUNS.incrementAndGet();
                    initialized = captured + " in " + workerId;
                });
        try (RemoteExecutor workers = SmallWorkers.open(settings)) {
            for (int id = 0; id < 2; id++) {
                assertEquals(captured + " in " + id, Threads.get(workers.submit(id, () -> initialized), LIMIT));
                assertEquals(
                        1,
                        Threads.get(workers.submit(id, () -> RUNS.get()), LIMIT),
                        "before the first task, and only then");
                assertEquals(
                        id,
                        Threads.get(
                                workers.submit(
                                        id,
                                        () -> TaskContext.current()
                                                .orElseThrow()
                                                .workerId()),
                                LIMIT));
                WorkerInfo info = workers.workers().get(id);
                assertEquals(
                        info.pid(),
                        Threads.get(
                                workers.submit(id, () -> ProcessHandle.current().pid()), LIMIT));
                assertEquals(info, workers.workers().get(id));
            }
            assertEquals(
                    "a value with spaces, ünïcode and \"quotes\"",
                    Threads.get(workers.submit(() -> System.getenv("OUTRIDER_TEST")), LIMIT));
            assertEquals(
                    hello.toRealPath().toString(),
                    Threads.get(workers.submit(() -> Path.of("").toRealPath().toString()), LIMIT));
            assertEquals("one two", Threads.get(workers.submit(() -> System.getProperty("outrider.test")), LIMIT));
            long memory = Threads.get(workers.submit(() -> Runtime.getRuntime().maxMemory()), LIMIT);
            assertTrue(memory <= 96L * 1024 * 1024, () -> "the later of two arguments wins: " + memory);
            assertEquals(
                    "true",
                    Threads.get(workers.submit(() -> System.getProperty("chronicle.analytics.disable")), LIMIT));
        }
        assertEquals("not", initialized, "the initializer ran in no launcher");
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void aClassPathOfAnyLength(String transport) throws Exception {
        List<Path> entries = new ArrayList<>(ClassPaths.own());
        int length = 0;
        for (int i = 0; length < LONG_CLASS_PATH; i++) {
            Path entry = directory.resolve("entry " + i + "-" + "x".repeat(150)).resolve("classes");
            entries.add(entry);
            length += entry.toString().length() + 1;
        }
        Path last = directory.resolve("last");
        Files.createDirectories(last);
        Files.writeString(last.resolve("found.txt"), "at the end");
        entries.add(last);
        try (RemoteExecutor workers =
                SmallWorkers.open(SmallWorkers.on(transport).classPath(entries))) {
            assertEquals("at the end", Threads.get(workers.submit(SettingsTest::readFound), LIMIT));
        }
    }

    static String readFound() throws java.io.IOException {
        try (java.io.InputStream in = SettingsTest.class.getResourceAsStream("/found.txt")) {
            return in == null ? "nothing" : new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void threadsSayWhoseTheyAre(String transport) throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (RemoteExecutor workers = SmallWorkers.open(SmallWorkers.on(transport))) {
            Threads.get(workers.submit(() -> 1), LIMIT);
            Set<String> own = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !before.contains(thread))
                    .map(Thread::getName)
                    .filter(name -> !name.startsWith("process reaper") && !name.contains("background~resource"))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertTrue(!own.isEmpty() && own.stream().allMatch(name -> name.contains("outrider")), own::toString);
            String theirs = Threads.get(
                    workers.submit(() -> Thread.currentThread().getName()
                            + (Thread.currentThread().isDaemon() ? " daemon" : " user")),
                    LIMIT);
            assertTrue(theirs.startsWith("outrider-") && theirs.endsWith(" daemon"), theirs);
        }
    }

    @ParameterizedTest
    @EnumSource(WaitStrategy.class)
    void everyWaitStrategyWorksOnRing(WaitStrategy strategy) throws Exception {
        waitStrategy("ring", strategy);
    }

    @ParameterizedTest
    @EnumSource(WaitStrategy.class)
    void everyWaitStrategyWorksOnQueue(WaitStrategy strategy) throws Exception {
        waitStrategy("queue", strategy);
    }

    private static void waitStrategy(String transport, WaitStrategy strategy) throws Exception {
        OutriderBuilder settings = SmallWorkers.on(transport).waitStrategy(strategy);
        try (RemoteExecutor workers = SmallWorkers.open(settings);
                io.outrider.api.RemoteObject<Identity> object = workers.create(Identity.class, Identity.Self::new)) {
            for (int i = 0; i < 2_000; i++) {
                assertEquals(object.stub().pid(), workers.workers().get(0).pid());
            }
            assertEquals(
                    Integer.valueOf(2_001),
                    Threads.get(object.async(Identity::pid).thenCompose(pid -> object.async(Identity::calls)), LIMIT));
            assertNotEquals(
                    0,
                    Threads.get(
                            workers.submit(
                                    () -> ManagementFactory.getRuntimeMXBean().getUptime()),
                            LIMIT));
        }
    }
}
