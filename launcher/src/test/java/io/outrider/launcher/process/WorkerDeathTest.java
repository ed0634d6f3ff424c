package io.outrider.launcher.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.config.OutriderConfig;
import io.outrider.error.DeathReport;
import io.outrider.launcher.process.StartFixture.Deaths;
import io.outrider.testkit.Await;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.testkit.Signals;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeavesNothingBehind.class)
final class WorkerDeathTest {
    private static final int SIGKILL = 9;

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
    void aKilledWorkerIsReportedOnce() throws InterruptedException {
        final Deaths deaths = new Deaths();
        try (WorkerProcess worker =
                WorkerProcess.start(fixture.request(StartFixture.config().conclude()))) {
            worker.onDeath(deaths);
            final long killedNs = System.nanoTime();
            Signals.kill(worker.pid());
            final DeathReport report = deaths.take();
            System.out.printf(
                    "a death stayed unnoticed for less than %.1f ms, %.1f ms of them after the end of the connection%n",
                    (deaths.atNs() - killedNs) / 1e6, worker.deathNoticeNanos() / 1e6);
            assertEquals(SIGKILL, report.signal());
            assertEquals(worker.pid(), report.pid());
            assertEquals(1, report.incarnation());
            assertEquals("Station.mean(int)", report.lastCall());
            assertTrue(report.uptime().toMillis() > 0);
        }
        assertTrue(deaths.isEmpty());
    }

    @Test
    void aListenerThatComesLateIsTold() throws InterruptedException {
        try (WorkerProcess worker =
                WorkerProcess.start(fixture.request(StartFixture.config().conclude()))) {
            Signals.kill(worker.pid());
            new Await(Duration.ofSeconds(10)).until("the report", () -> worker.deathNoticeNanos() > 0);
            final Deaths deaths = new Deaths();
            worker.onDeath(deaths);
            assertEquals(SIGKILL, deaths.take().signal());
        }
    }

    @Test
    void itsLastWordsAreInTheReport() throws InterruptedException {
        final OutriderConfig config = StartFixture.config().conclude();
        try (WorkerProcess worker = WorkerProcess.start(fixture.request(0, config, TestWorkers.Talks.class))) {
            final Deaths deaths = new Deaths();
            worker.onDeath(deaths);
            final DeathReport report = deaths.take();
            assertEquals(3, report.exitCode());
            final List<String> tail = report.stderrTail();
            assertEquals(40, tail.size());
            assertEquals("gr\u00fc\u00dfe", tail.get(39));
            assertTrue(tail.get(38).endsWith("... (10000 bytes)"), () -> tail.get(38));
            assertEquals("line 49", tail.get(37));
        }
    }

    @Test
    void stdinHasEndedForUserCode() throws InterruptedException {
        final OutriderConfig config = StartFixture.config().conclude();
        try (WorkerProcess worker = WorkerProcess.start(fixture.request(0, config, TestWorkers.ReadsStdin.class))) {
            final Deaths deaths = new Deaths();
            worker.onDeath(deaths);
            worker.stop(Duration.ofSeconds(5));
            final DeathReport report = deaths.take();
            assertEquals(0, report.exitCode());
            assertEquals(List.of("stdin says -1"), report.stderrTail());
        }
    }

    @Test
    void aStoppedWorkerIsSlowAndNotDead() throws InterruptedException {
        try (WorkerProcess worker =
                WorkerProcess.start(fixture.request(StartFixture.config().conclude()))) {
            final Deaths deaths = new Deaths();
            worker.onDeath(deaths);
            Signals.stop(worker.pid());
            // That nothing happens can be seen only by letting time pass.
            final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
            while (System.nanoTime() - untilNs < 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                assertTrue(deaths.isEmpty());
            }
            Signals.resume(worker.pid());
            worker.stop(Duration.ofSeconds(5));
            assertEquals(0, deaths.take().exitCode());
        }
    }

    @Test
    void aStoppedWorkerCanBeClosed() throws InterruptedException {
        final OutriderConfig config =
                StartFixture.config().killTimeout(Duration.ofMillis(300)).conclude();
        final Deaths deaths = new Deaths();
        try (WorkerProcess worker = WorkerProcess.start(fixture.request(config))) {
            worker.onDeath(deaths);
            Signals.stop(worker.pid());
        }
        assertEquals(SIGKILL, deaths.take().signal());
    }

    @Test
    void aWorkerThatDoesNotDrainIsKilled() throws InterruptedException {
        final OutriderConfig config =
                StartFixture.config().killTimeout(Duration.ofMillis(500)).conclude();
        try (WorkerProcess worker = WorkerProcess.start(fixture.request(0, config, TestWorkers.NeverDrains.class))) {
            final Deaths deaths = new Deaths();
            worker.onDeath(deaths);
            worker.stop(Duration.ofMillis(100));
            assertEquals(SIGKILL, deaths.take().signal());
            assertFalse(worker.isAlive());
            worker.stop(Duration.ofMillis(100));
        }
    }

    @Test
    void closingSurvivesAnInterrupt() {
        final WorkerProcess worker =
                WorkerProcess.start(fixture.request(StartFixture.config().conclude()));
        Thread.currentThread().interrupt();
        worker.close();
        assertTrue(Thread.interrupted());
        assertFalse(worker.isAlive());
    }

    @Test
    void ctrlCIsTheLaunchersBusiness() throws Exception {
        try (WorkerProcess worker =
                WorkerProcess.start(fixture.request(StartFixture.config().conclude()))) {
            final Deaths deaths = new Deaths();
            worker.onDeath(deaths);
            final Process kill = new ProcessBuilder("kill", "-INT", Long.toString(worker.pid()))
                    .inheritIO()
                    .start();
            assertEquals(0, kill.waitFor());
            worker.stop(Duration.ofSeconds(5));
            assertEquals(0, deaths.take().exitCode());
        }
    }
}
