package io.outrider.launcher.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.config.OutriderConfig;
import io.outrider.launcher.session.SessionDirectory;
import io.outrider.launcher.session.SessionSweep;
import io.outrider.testkit.Await;
import io.outrider.testkit.JavaProcess;
import io.outrider.testkit.LeavesNothingBehind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of workers and files when their launcher dies. */
@ExtendWith(LeavesNothingBehind.class)
final class OrphanTest {
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(2);
    private static final Duration BUSY_LIMIT = Duration.ofSeconds(10);

    /** A launcher with one worker, which says its pid and then waits for its own end, or forgets to close. */
    static final class Launcher {
        private Launcher() {}

        public static void main(final String[] args) throws Exception {
            final StartFixture fixture = new StartFixture(Path.of(args[0]));
            final OutriderConfig config =
                    StartFixture.config().baseDirectory(Path.of(args[0])).conclude();
            final WorkerProcess worker = WorkerProcess.start(fixture.request(0, config, Class.forName(args[1])));
            System.out.println("worker");
            System.out.println(worker.pid());
            if (args.length > 2) {
                ExitHook.register("outrider-exit", () -> {
                    worker.kill();
                    worker.close();
                    fixture.close();
                });
                System.exit(0);
            }
            LockSupport.park();
        }
    }

    @Test
    void anIdleWorkerEndsAtOnce(@TempDir final Path base) {
        final Duration took = killLauncherOf("io.outrider.worker.WorkerMain", base);
        assertTrue(took.compareTo(IDLE_LIMIT) < 0, took::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.outrider.launcher.process.TestWorkers$Asleep",
                "io.outrider.launcher.process.TestWorkers$Busy"
            })
    void aBusyWorkerEndsSoon(final String worker, @TempDir final Path base) {
        final Duration took = killLauncherOf(worker, base);
        assertTrue(took.compareTo(BUSY_LIMIT) < 0, took::toString);
    }

    @Test
    void aLauncherThatForgetsToCloseLeavesNothing(@TempDir final Path base) throws Exception {
        final Await await = new Await(Duration.ofSeconds(30));
        try (JavaProcess launcher =
                JavaProcess.start(Launcher.class, base.toString(), "io.outrider.worker.WorkerMain", "exit")) {
            await.until("the launcher's end", () -> !isAlive(launcher.pid()));
            assertEquals(
                    "worker", launcher.output().get(0), () -> launcher.output().toString());
            assertTrue(!isAlive(Long.parseLong(launcher.output().get(1))));
        }
        try (var left = Files.list(base)) {
            assertEquals(0, left.count());
        }
    }

    private static Duration killLauncherOf(final String worker, final Path base) {
        final Await await = new Await(Duration.ofSeconds(50));
        final long killedNs;
        final long pid;
        try (JavaProcess launcher = JavaProcess.start(Launcher.class, base.toString(), worker)) {
            launcher.awaitLine("worker", await);
            await.until("the pid", () -> launcher.output().size() > 1);
            pid = Long.parseLong(launcher.output().get(1));
            assertTrue(isAlive(pid));
            killedNs = System.nanoTime();
        }
        await.until("the end of " + pid, () -> !isAlive(pid));
        final Duration took = Duration.ofNanos(System.nanoTime() - killedNs);
        System.out.println(worker + " outlived its launcher by " + took.toMillis() + " ms");
        assertEquals(1, SessionSweep.under(base).run());
        try (SessionDirectory next = SessionDirectory.create(base)) {
            assertTrue(Files.isDirectory(next.path()));
        }
        return took;
    }

    /** A zombie is not: where nobody reaps orphans, it stays for ever. */
    private static boolean isAlive(final long pid) {
        try {
            final String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (final java.io.IOException gone) {
            return false;
        }
    }
}
