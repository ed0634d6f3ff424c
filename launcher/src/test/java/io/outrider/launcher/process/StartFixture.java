package io.outrider.launcher.process;

import io.outrider.config.OutriderBuilder;
import io.outrider.config.OutriderConfig;
import io.outrider.error.DeathReport;
import io.outrider.launcher.session.SessionDirectory;
import io.outrider.marshal.Marshaller;
import io.outrider.protocol.control.DoorbellHub;
import io.outrider.worker.WorkerMain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A session with a hub, in which a test starts workers. */
final class StartFixture implements AutoCloseable {
    final SessionDirectory session;
    final DoorbellHub hub = new DoorbellHub();
    private final Marshaller marshaller = Marshaller.open(StartFixture.class.getClassLoader());

    StartFixture() {
        session = SessionDirectory.create(null);
    }

    StartFixture(final Path base) {
        session = SessionDirectory.create(base);
    }

    static OutriderBuilder config() {
        return OutriderConfig.builder()
                .transport("ring")
                .laneBytes(64 * 1024)
                .maxPayloadBytes(64 * 1024)
                .killTimeout(Duration.ofSeconds(5))
                .startTimeout(Duration.ofSeconds(30));
    }

    StartRequest request(final OutriderConfig config) {
        return request(0, config, WorkerMain.class);
    }

    StartRequest request(final int workerId, final OutriderConfig config, final Class<?> main) {
        return request(workerId, config, main, terms(config));
    }

    StartRequest request(
            final int workerId, final OutriderConfig config, final Class<?> main, final WorkerTerms terms) {
        return new StartRequest(
                workerId,
                1,
                config,
                session,
                hub,
                main.getName(),
                LaunchOptions.NONE,
                CompletableFuture.completedFuture(terms));
    }

    WorkerTerms terms(final OutriderConfig config) {
        return WorkerTerms.of(config, marshaller);
    }

    /** Collects the one report of a worker. */
    static final class Deaths implements DeathListener {
        private final BlockingQueue<DeathReport> reports = new ArrayBlockingQueue<>(4);
        private volatile long atNs;

        @Override
        public void died(final DeathReport report) {
            atNs = System.nanoTime();
            reports.add(report);
        }

        @Override
        public @Nullable String lastCall() {
            return "Station.mean(int)";
        }

        DeathReport take() throws InterruptedException {
            final DeathReport report = reports.poll(20, TimeUnit.SECONDS);
            if (report == null) {
                throw new AssertionError("nobody told of the death");
            }
            return report;
        }

        boolean isEmpty() {
            return reports.isEmpty();
        }

        long atNs() {
            return atNs;
        }
    }

    @Override
    public void close() {
        session.close();
        hub.close();
    }
}
