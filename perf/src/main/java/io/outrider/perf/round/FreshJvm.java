package io.outrider.perf.round;

import io.outrider.perf.fork.ForkedJvm;
import io.outrider.perf.fork.JavaCommand;
import io.outrider.perf.fork.SharedDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs one contender or probe of one round in a JVM of its own, with a directory of its own, and takes its result. */
final class FreshJvm {
    private static final Duration START_AND_END = Duration.ofSeconds(60);

    private FreshJvm() {}

    /** Reads what the JVM left. */
    interface ResultReader<R> {
        R read(Path file) throws IOException;
    }

    /** The arguments of each such main class: a name, the directory, the file for the result, then the plan. */
    static <R> R run(
            final Class<?> main,
            final String name,
            final Plan plan,
            final List<String> prefix,
            final ResultReader<R> reader)
            throws IOException, InterruptedException {
        try (SharedDirectory directory = SharedDirectory.create()) {
            final Path result = directory.path().resolve("result");
            final List<String> arguments =
                    new ArrayList<>(List.of(name, directory.path().toString(), result.toString()));
            arguments.addAll(plan.words());
            final JavaCommand command = new JavaCommand(prefix, List.of(), main, arguments);
            try (ForkedJvm jvm = ForkedJvm.start(command, directory.path().resolve("caller.log"))) {
                jvm.await(plan.limit().plus(START_AND_END));
            }
            return reader.read(result);
        }
    }
}
