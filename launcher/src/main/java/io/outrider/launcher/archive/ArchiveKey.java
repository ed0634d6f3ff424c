package io.outrider.launcher.archive;

import io.outrider.launcher.process.WorkerCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Names the archive of a kind of worker: a hash of all by which a JVM would refuse it, and of what decides on the classes that are worth
 * having in it. Stateless, safe from any thread; looks at files.
 */
final class ArchiveKey {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    /** They differ from worker to worker, or with the number of workers, and mean nothing to an archive. */
    private static final List<String> IGNORED = List.of("-XX:ErrorFile=", "-XX:MaxRAMPercentage=");
    /**
     * Arguments with which no worker is run only to train an archive: agents listen on ports and write files, recordings and logs
     * would be overwritten; the last ones say that the user has an archive already.
     */
    private static final List<String> UNFIT = List.of(
            "-agent",
            "-javaagent",
            "-Xdebug",
            "-Xrunjdwp",
            "-XX:StartFlightRecording",
            "-XX:+FlightRecorder",
            "-XX:Flags=",
            "-Xlog",
            "-Xloggc",
            "-Xshare",
            "-XX:SharedArchiveFile",
            "-XX:ArchiveClassesAtExit",
            "-XX:+AutoCreateSharedArchive",
            "-XX:AOT",
            "@");

    private ArchiveKey() {}

    /**
     * The name.
     *
     * @param command that runs such a worker
     * @param transport of its link
     * @return letters and digits, or nothing if such a worker can have no archive
     * @throws IOException if a file can't be looked at
     */
    static Optional<String> of(final WorkerCommand command, final String transport) throws IOException {
        final Path home = home(command.java().executable());
        // A JVM of another make has none of these, and takes other flags.
        final boolean hotSpot =
                Files.isReadable(home.resolve("release")) && Files.isReadable(home.resolve("lib/server/classes.jsa"));
        if (!hotSpot || command.arguments().stream().anyMatch(ArchiveKey::isUnfit)) {
            return Optional.empty();
        }
        final StringBuilder text = new StringBuilder();
        text.append(home).append('\n').append(Files.readString(home.resolve("release"), StandardCharsets.ISO_8859_1));
        text.append(transport).append('\n');
        command.arguments().stream()
                .filter(argument -> IGNORED.stream().noneMatch(argument::startsWith))
                .forEach(argument -> text.append(argument).append('\n'));
        for (final Path entry : command.classPath()) {
            if (Files.notExists(entry)) {
                text.append("-\n");
                continue;
            }
            final BasicFileAttributes file = Files.readAttributes(entry, BasicFileAttributes.class);
            if (file.isDirectory()) {
                return Optional.empty(); // the JVM takes none whose class path has classes outside of jars
            }
            text.append(file.size())
                    .append(' ')
                    .append(file.lastModifiedTime().toMillis())
                    .append('\n');
        }
        return Optional.of(hash(text));
    }

    private static boolean isUnfit(final String argument) {
        return UNFIT.stream().anyMatch(argument::startsWith);
    }

    private static Path home(final Path executable) throws IOException {
        final Path bin = executable.toRealPath().getParent();
        final Path home = bin == null ? null : bin.getParent();
        if (home == null) {
            throw new IOException(executable + " is in no JDK");
        }
        return home;
    }

    /**
     * FNV-1a, once forwards and once over what that gives. Against chance, not against malice: the JVM looks at all of this again. SHA-256 would have the
     * security providers loaded before the first worker is forked.
     */
    private static String hash(final CharSequence text) {
        long first = FNV_OFFSET;
        long second = FNV_PRIME;
        for (int i = 0; i < text.length(); i++) {
            first = (first ^ text.charAt(i)) * FNV_PRIME;
            second = (second ^ first) * FNV_PRIME;
        }
        return HexFormat.of().toHexDigits(first) + HexFormat.of().toHexDigits(second);
    }
}
