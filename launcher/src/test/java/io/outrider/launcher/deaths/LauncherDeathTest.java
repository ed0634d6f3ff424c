package io.outrider.launcher.deaths;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.testkit.Await;
import io.outrider.testkit.JavaProcess;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.testkit.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher is killed: its workers go, whatever they are doing, and the next launcher deletes what it left. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class LauncherDeathTest {
    private static final Duration IDLE_BOUND = Duration.ofSeconds(2);
    private static final Duration BUSY_BOUND = Duration.ofSeconds(10);
    private static final String[] BUSY = {"sleep", "sleepUnknown", "spin", "ignore"};

    private final Map<String, Long> pids = new LinkedHashMap<>();
    private Path base;

    @BeforeEach
    void makeBase() throws IOException {
        // A socket's path must be short, which that of a usual directory for tests is not.
        Path shared = Path.of("/dev/shm");
        base = Files.createTempDirectory(
                Files.isDirectory(shared) ? shared : Path.of("/tmp"), LeavesNothingBehind.PREFIX);
    }

    @AfterEach
    void clean() throws IOException {
        pids.values().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        Files.delete(base); // must be empty by now
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void workersGoAndTheNextStartSweeps(String transport) throws Exception {
        try (JavaProcess launcher = launcher(transport, BUSY)) {
            assertEquals(1 + BUSY.length, pids.size(), () -> launcher.output().toString());
            pids.forEach((name, pid) -> assertTrue(isAlive(pid), name));
            long killedAtNs = System.nanoTime();
            Signals.kill(launcher.pid());
            awaitGone(transport, "idle", killedAtNs, IDLE_BOUND);
            for (String name : BUSY) {
                awaitGone(transport, name, killedAtNs, BUSY_BOUND);
            }
        }
        assertFalse(sessions().isEmpty(), "a killed launcher cleans nothing");
        try (RemoteExecutor next = SmallWorkers.open(SmallWorkers.on(transport).baseDirectory(base));
                RemoteObject<Victim> object = next.create(Victim.class, Victim.Real::new)) {
            assertEquals(1, object.stub().answer(1));
            String own = ProcessHandle.current().pid() + "-";
            List<Path> left = sessions().stream()
                    .filter(session -> !session.getFileName().toString().startsWith(own))
                    .toList();
            assertEquals(List.of(), left, "the dead session was swept");
        }
        assertEquals(List.of(), sessions());
    }

    private JavaProcess launcher(String transport, String... busy) {
        String[] arguments = new String[2 + busy.length];
        arguments[0] = transport;
        arguments[1] = base.toString();
        System.arraycopy(busy, 0, arguments, 2, busy.length);
        JavaProcess launcher = JavaProcess.start(DoomedLauncher.class, arguments);
        launcher.awaitLine("ready", new Await(Deaths.LIMIT));
        for (String line : launcher.output()) {
            if (line.startsWith("worker ")) {
                String[] words = line.split(" ");
                pids.put(words[1], Long.parseLong(words[2]));
            }
        }
        return launcher;
    }

    private void awaitGone(String transport, String name, long killedAtNs, Duration bound) {
        long pid = pids.get(name);
        Duration left = bound.minusNanos(System.nanoTime() - killedAtNs);
        new Await(left.isNegative() ? Duration.ZERO : left)
                .until("the worker that is " + name + " gone, " + bound + " after its launcher", () -> !isAlive(pid));
        System.out.println(transport + ": launcher killed: worker " + name + " gone within "
                + (System.nanoTime() - killedAtNs) / 1_000_000 + " ms");
    }

    /** A zombie does not live: nobody here is its parent. */
    private static boolean isAlive(long pid) {
        try {
            String stat =
                    Files.readString(Path.of("/proc/" + pid + "/stat"), java.nio.charset.StandardCharsets.ISO_8859_1);
            return !stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
        } catch (IOException gone) {
            return Files.isDirectory(Path.of("/proc/self"))
                    ? false
                    : ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
    }

    private List<Path> sessions() throws IOException {
        try (Stream<Path> users = Files.list(base)) {
            return users.flatMap(LauncherDeathTest::list).toList();
        }
    }

    private static Stream<Path> list(Path directory) {
        try {
            return Files.list(directory);
        } catch (IOException gone) {
            return Stream.empty();
        }
    }
}
