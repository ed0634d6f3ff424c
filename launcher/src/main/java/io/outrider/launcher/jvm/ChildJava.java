package io.outrider.launcher.jvm;

import io.outrider.error.ConfigurationException;
import io.outrider.error.WorkerStartException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code java} that runs workers, and which flags its version takes. Immutable, safe from any thread; {@link #find} may
 * run a process.
 *
 * @param executable to run
 * @param feature its version, such as 17
 */
public record ChildJava(Path executable, int feature) {
    private static final int OLDEST = 17;
    /** The first version to know {@code --sun-misc-unsafe-memory-access}; an older one refuses to start with it. */
    private static final int KNOWS_UNSAFE_FLAG = 24;

    /** The last version that samples its own counters, 20 times a second: most of what an idle worker would do. */
    private static final int LAST_TO_SAMPLE = 23;

    private static final int ASK_TIMEOUT_S = 10;
    private static final int SAID_LINES = 5;
    private static final Pattern RELEASE = Pattern.compile("JAVA_VERSION=\"(?:1\\.)?(\\d+)[^\"]*\"");
    private static final Pattern SAID = Pattern.compile("version \"(?:1\\.)?(\\d+)[^\"]*\"");

    /**
     * Finds out about a {@code java}.
     *
     * @param configured the one to use, or null for the one that runs this JVM
     * @return what it is
     * @throws WorkerStartException if there is none, or it doesn't say what it is
     * @throws ConfigurationException if it is too old
     */
    public static ChildJava find(final @Nullable Path configured) {
        if (configured == null) {
            return new ChildJava(
                    LauncherProperties.javaHome().resolve("bin").resolve("java"),
                    Runtime.version().feature());
        }
        final Path executable = configured.toAbsolutePath();
        final int feature;
        try {
            if (!Files.isExecutable(executable)) {
                throw new IOException(Files.exists(executable) ? "it is not executable" : "there is no such file");
            }
            final int written = fromReleaseFile(executable.toRealPath());
            feature = written > 0 ? written : ask(executable);
        } catch (final IOException e) {
            throw new WorkerStartException(
                    "workers can't be started with " + executable + ": " + e.getMessage() + "; set javaExecutable", e);
        }
        if (feature < OLDEST) {
            throw new ConfigurationException("workers need Java " + OLDEST + " or later, " + executable + " is Java "
                    + feature + ": set javaExecutable");
        }
        return new ChildJava(executable, feature);
    }

    /**
     * The flags of the argument file that this version takes, and those that only this version needs.
     *
     * @param modules names of modules that need what the class path needs; empty if all is on the class path
     * @return in order
     */
    public List<String> flags(final List<String> modules) {
        final List<String> flags = new ArrayList<>();
        for (final String flag : JvmFlags.argumentFile()) {
            final boolean unsafe = flag.startsWith("--sun-misc-unsafe-memory-access");
            // With the flags chosen by version nothing is unknown, and a user's slip of the pen should be told.
            final boolean lenient = flag.equals("-XX:+IgnoreUnrecognizedVMOptions");
            if (!lenient && (!unsafe || feature >= KNOWS_UNSAFE_FLAG)) {
                flags.add(
                        flag.endsWith("=ALL-UNNAMED") && !modules.isEmpty()
                                ? flag + "," + String.join(",", modules)
                                : flag);
            }
        }
        if (feature <= LAST_TO_SAMPLE) {
            flags.add("-XX:PerfDataSamplingInterval=1000");
        }
        return flags;
    }

    private static int fromReleaseFile(final Path realExecutable) throws IOException {
        final Path bin = realExecutable.getParent();
        final Path home = bin == null ? null : bin.getParent();
        if (home == null || !Files.isReadable(home.resolve("release"))) {
            return 0;
        }
        final Matcher matcher = RELEASE.matcher(Files.readString(home.resolve("release"), StandardCharsets.ISO_8859_1));
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private static int ask(final Path executable) throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(executable.toString(), "-version").redirectErrorStream(true);
        builder.environment().keySet().removeAll(JvmEnvironment.DROPPED);
        final Process process = builder.start();
        try {
            // What it says fits into the pipe, so that it can end before anybody reads.
            if (!process.waitFor(ASK_TIMEOUT_S, TimeUnit.SECONDS)) {
                throw new IOException("asked for its version, it does not end");
            }
            final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            final Matcher matcher = SAID.matcher(said);
            if (!matcher.find()) {
                throw new IOException("asked for its version, it does not name one but says: "
                        + said.lines().limit(SAID_LINES).toList());
            }
            return Integer.parseInt(matcher.group(1));
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking for its version");
        } finally {
            process.destroyForcibly();
        }
    }
}
