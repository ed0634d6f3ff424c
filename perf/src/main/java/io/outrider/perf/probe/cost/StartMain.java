package io.outrider.perf.probe.cost;

import io.outrider.Outrider;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.perf.ours.Arithmetic;
import io.outrider.perf.ours.ArithmeticObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * A program as a user would write it, in a JVM that has loaded nothing else: opens an executor, calls an object, prints how many
 * nanoseconds that took. For each line that it is sent it then waits until the archive is there, and answers; it ends with its input.
 */
final class StartMain {
    static final String ARCHIVED = "archived";

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int PAUSE_MS = 50;

    private StartMain() {}

    /**
     * Runs it.
     *
     * @param args transport, directory of the links, directory of the archive
     * @throws IOException if the input can't be read
     * @throws InterruptedException if interrupted
     */
    public static void main(final String[] args) throws IOException, InterruptedException {
        final Path archives = Path.of(args[2]);
        final long before = System.nanoTime();
        try (RemoteExecutor workers = Outrider.open(Outrider.builder()
                        .transport(args[0])
                        .baseDirectory(Path.of(args[1]))
                        .archiveDirectory(archives)
                        .conclude());
                RemoteObject<Arithmetic> object = workers.create(Arithmetic.class, ArithmeticObject::new)) {
            object.stub().f(1, 1);
            System.out.println(System.nanoTime() - before);
            final BufferedReader input =
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
            while (input.readLine() != null) {
                awaitArchive(archives);
                System.out.println(ARCHIVED);
            }
        }
    }

    private static void awaitArchive(final Path directory) throws IOException, InterruptedException {
        final long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (!isMade(directory)) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IOException("no archive was made in " + directory + " within " + PATIENCE);
            }
            Thread.sleep(PAUSE_MS);
        }
    }

    private static boolean isMade(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(Path::toString).anyMatch(name -> name.endsWith(".jsa") || name.endsWith(".aot"));
        }
    }
}
