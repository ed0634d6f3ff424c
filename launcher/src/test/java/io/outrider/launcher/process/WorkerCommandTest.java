package io.outrider.launcher.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.config.OutriderConfig;
import io.outrider.error.ConfigurationException;
import io.outrider.launcher.jvm.LauncherProperties;
import io.outrider.testkit.LeavesNothingBehind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LeavesNothingBehind.class)
final class WorkerCommandTest {
    @TempDir
    private Path directory;

    /** Prints what it was given. */
    static final class Echo {
        private Echo() {}

        public static void main(final String[] args) {
            System.out.println(System.getProperty("java.class.path").length());
            System.out.println(System.getProperty("odd"));
            for (final String arg : args) {
                System.out.println(arg.replace("\n", "NEWLINE").replace("\t", "TAB"));
            }
        }
    }

    @Test
    void aClassPathOfAnyLengthAndOddNamesArriveAsTheyAre() throws Exception {
        final Path odd = directory.resolve("a b\\c\"d'e#f$g@h*i");
        Files.createDirectories(odd);
        final List<Path> classPath = new ArrayList<>(LauncherProperties.classPath());
        for (int i = 0; i < 3_000; i++) {
            classPath.add(odd.resolve("x".repeat(60) + i));
        }
        final OutriderConfig config = OutriderConfig.builder()
                .classPath(classPath)
                .jvmArguments("-Dodd=a b\\c\"d'e#f")
                .conclude();
        final List<String> arguments =
                List.of("#no comment", "@no.file", "", "tab\tand\nline", "'single' \"double\" \\");
        final List<String> said =
                run(WorkerCommand.of(config, odd, Echo.class.getName(), LaunchOptions.NONE), odd, arguments);
        assertTrue(Integer.parseInt(said.get(0)) > 300_000, said.get(0));
        assertEquals("a b\\c\"d'e#f", said.get(1));
        assertEquals(
                List.of("#no comment", "@no.file", "", "tabTABandNEWLINEline", "'single' \"double\" \\"),
                said.subList(2, said.size()));
    }

    @Test
    void theFileIsPrivateAndTheCommandLineShort() throws IOException {
        final WorkerCommand command =
                WorkerCommand.of(OutriderConfig.builder().conclude(), directory, "Main", LaunchOptions.NONE);
        final List<String> line = command.write(directory, List.of("secret?"));
        assertEquals(2, line.size());
        final Path file = Path.of(line.get(1).substring(1));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void theUsersArgumentsComeAfterOutriders() {
        final OutriderConfig config =
                OutriderConfig.builder().jvmArguments("-XX:+UseG1GC").conclude();
        final List<String> arguments =
                WorkerCommand.of(config, directory, "Main", LaunchOptions.NONE).arguments();
        assertTrue(arguments.indexOf("-XX:+UseG1GC") > arguments.indexOf("-XX:+UseSerialGC"));
        assertTrue(arguments.contains("-Dchronicle.analytics.disable=true"));
        assertTrue(arguments.contains("-Dchronicle.announcer.disable=true"));
        assertTrue(arguments.contains("-Dchronicle.disk.monitor.disable=true"));
        assertTrue(arguments.contains("-Dkryo.unsafe=false"));
        assertEquals("Main", arguments.get(arguments.size() - 1));
    }

    @Test
    void manyWorkersShareTheMemory() {
        final OutriderConfig config = OutriderConfig.builder().workers(8).conclude();
        assertTrue(WorkerCommand.of(config, directory, "Main", LaunchOptions.NONE)
                .arguments()
                .contains("-XX:MaxRAMPercentage=6.25"));
    }

    @Test
    void outridersOwnJarsAreAddedToAClassPathThatLacksThem() {
        final OutriderConfig config =
                OutriderConfig.builder().classPath(List.of(directory)).conclude();
        final WorkerPaths paths = WorkerPaths.of(config.worker());
        assertEquals(directory, paths.classPath().get(0));
        assertTrue(paths.classPath().toString().contains("agrona"), paths::toString);
        assertTrue(paths.classPath().toString().contains("chronicle-queue"), paths::toString);
        assertFalse(paths.classPath().toString().contains("test-classes"), paths::toString);
    }

    @Test
    void anEntryWithASeparatorIsRefusedByName() {
        final OutriderConfig config = OutriderConfig.builder()
                .classPath(List.of(directory.resolve("a:b")))
                .conclude();
        final ConfigurationException failure =
                assertThrows(ConfigurationException.class, () -> WorkerPaths.of(config.worker()));
        assertTrue(failure.getMessage().contains("a:b"), failure::getMessage);
    }

    private static List<String> run(final WorkerCommand command, final Path directory, final List<String> arguments)
            throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command.write(directory, arguments))
                .redirectErrorStream(true)
                .start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said.lines().toList();
    }
}
