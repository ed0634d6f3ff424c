package io.outrider.launcher.process;

import io.outrider.config.OutriderBuilder;
import io.outrider.config.OutriderConfig;
import io.outrider.error.DeathReport;
import io.outrider.launcher.session.SessionDirectory;
import io.outrider.marshal.Marshaller;
import io.outrider.protocol.control.DoorbellHub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
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
        return new StartRequest(0, 1, config, session, hub, WorkerTerms.of(config, marshaller));
    }

    StartRequest request(final int workerId, final OutriderConfig config, final Class<?> main) {
        final WorkerTerms terms = WorkerTerms.of(config, marshaller);
        return new StartRequest(
                workerId,
                1,
                config,
                session,
                hub,
                new WorkerTerms(terms.vocabulary(), terms.initializer(), terms.failureReader(), main.getName()));
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
