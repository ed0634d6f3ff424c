package io.outrider.launcher.starts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteExecutor;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.WorkerDiedException;
import io.outrider.launcher.support.ClassPaths;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import io.outrider.testkit.LeavesNothingBehind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The archive of class data: made beside the user's workers, used by the next ones, and missed by nobody where there is none. */
@Timeout(300)
@ExtendWith(LeavesNothingBehind.class)
class ArchiveTest {
    private static final Duration LIMIT = Duration.ofSeconds(200);

    @TempDir
    Path temporary;

    private Path cache;

    @BeforeEach
    void nameCache() {
        cache = temporary.resolve("cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void isMadeOnceAndUsedByTheNext(final String transport) throws Exception {
        final List<Path> jars = jars();
        try (RemoteExecutor workers = open(transport, jars)) {
            assertFalse(usesArchive(workers));
            new Await(LIMIT).until("an archive", () -> archives().size() == 1 && files().size() == 1);
        }
        final Path made = archives().get(0);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)));
        final FileTime old = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(made, old);
        try (RemoteExecutor workers = open(transport, jars)) {
            assertTrue(usesArchive(workers));
            assertTrue(maps(workers, made), "what it was told to use it has mapped");
            assertEquals(List.of(made), files(), "it is made once");
        }
        assertTrue(Files.getLastModifiedTime(made).compareTo(old) > 0, "its use is noted");
        truncate(made);
        try (RemoteExecutor workers = open(transport, jars)) {
            assertFalse(usesArchive(workers), "it starts without one that is damaged");
            assertFalse(Files.exists(made), "which is made again");
            assertEquals(List.of(), lastWords(workers), "and says nothing of it");
        }
    }

    @Test
    void isNotUsedWithAnotherClassPath() throws Exception {
        final List<Path> jars = jars();
        try (RemoteExecutor workers = open("ring", jars)) {
            assertFalse(usesArchive(workers));
            new Await(LIMIT).until("an archive", () -> !archives().isEmpty());
        }
        final Path changed = jars.stream()
                .filter(each -> each.startsWith(temporary))
                .findFirst()
                .orElseThrow();
        Files.setLastModifiedTime(changed, FileTime.fromMillis(2_000_000_000));
        try (RemoteExecutor workers = open("ring", jars)) {
            assertFalse(usesArchive(workers));
        }
    }

    @Test
    void closingAtOnceLeavesNothingHalfMade() throws Exception {
        try (RemoteExecutor workers = open("ring", jars())) {
            assertFalse(usesArchive(workers));
            new Await(LIMIT).until("the making to begin", () -> !files().isEmpty());
        }
        assertEquals(archives(), files());
    }

    @Test
    void aClassPathWithDirectoriesHasNone() throws Exception {
        final OutriderBuilder settings =
                SmallWorkers.on("ring").classPath(ClassPaths.own()).archiveDirectory(cache);
        try (RemoteExecutor workers = SmallWorkers.open(settings)) {
            assertFalse(usesArchive(workers));
            assertFalse(Files.exists(cache));
        }
    }

    @Test
    void canBeSwitchedOff() throws Exception {
        final OutriderBuilder settings = SmallWorkers.on("ring")
                .classPath(jars())
                .archiveDirectory(cache)
                .archive(false);
        try (RemoteExecutor workers = SmallWorkers.open(settings)) {
            assertFalse(usesArchive(workers));
            assertFalse(Files.exists(cache));
        }
    }

    @Test
    void aCacheThatCannotBeMadeIsNoFailure() throws Exception {
        final Path file = Files.createFile(temporary.resolve("file"));
        final OutriderBuilder settings =
                SmallWorkers.on("ring").classPath(jars()).archiveDirectory(file.resolve("cache"));
        try (RemoteExecutor workers = SmallWorkers.open(settings)) {
            assertFalse(usesArchive(workers));
        }
    }

    @Test
    void aCacheThatOthersMayWriteToIsNotUsed() throws Exception {
        Files.createDirectory(cache);
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (RemoteExecutor workers = open("ring", jars())) {
            assertFalse(usesArchive(workers));
        }
        assertEquals(List.of(), files());
    }

    private RemoteExecutor open(final String transport, final List<Path> jars) {
        return SmallWorkers.open(SmallWorkers.on(transport).classPath(jars).archiveDirectory(cache));
    }

    private static boolean usesArchive(final RemoteExecutor workers) throws Exception {
        final List<String> arguments = Threads.get(
                workers.submit(
                        0,
                        () -> List.copyOf(ManagementFactory.getRuntimeMXBean().getInputArguments())),
                LIMIT);
        return arguments.stream()
                .anyMatch(each -> each.startsWith("-XX:SharedArchiveFile=") || each.startsWith("-XX:AOTCache="));
    }

    /** What the kernel says, where it says anything: the flag alone would be given for an archive that the JVM then passes over. */
    private static boolean maps(final RemoteExecutor workers, final Path archive) throws IOException {
        final Path maps =
                Path.of("/proc", Long.toString(workers.workers().get(0).pid()), "maps");
        final String name = String.valueOf(archive.getFileName());
        return !Files.isReadable(maps) || Files.readAllLines(maps).stream().anyMatch(line -> line.endsWith(name));
    }

    private static void truncate(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
    }

    /** What a worker has written to its stderr by its end, which is now. */
    private static List<String> lastWords(final RemoteExecutor workers) {
        final Future<?> end = workers.submit(0, () -> {
            Runtime.getRuntime().halt(1);
            return null;
        });
        final ExecutionException failed =
                assertThrows(ExecutionException.class, () -> end.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
        return assertInstanceOf(WorkerDiedException.class, failed.getCause())
                .report()
                .stderrTail();
    }

    private List<Path> archives() {
        return files().stream()
                .filter(each ->
                        each.toString().endsWith(".jsa") || each.toString().endsWith(".aot"))
                .toList();
    }

    private List<Path> files() {
        if (!Files.exists(cache)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(cache)) {
            return entries.toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class path of the tests with each directory in a jar. */
    private List<Path> jars() throws IOException {
        final List<Path> jars = new ArrayList<>();
        for (final Path entry : ClassPaths.own()) {
            jars.add(Files.isDirectory(entry) ? jar(entry, jars.size()) : entry);
        }
        return jars;
    }

    private Path jar(final Path directory, final int number) throws IOException {
        final Path jar = temporary.resolve("classes-" + number + ".jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> tree = Files.walk(directory)) {
            for (final Path file : tree.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(directory.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }
}
