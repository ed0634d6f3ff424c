package io.outrider.launcher.jvm;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.error.ConfigurationException;
import io.outrider.testkit.LeavesNothingBehind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeavesNothingBehind.class)
final class JvmFlagsTest {
    @Test
    void theTestsThemselvesHaveThemAll() {
        assertEquals(List.of(), JvmFlags.ofThisJvm().missing("queue"));
        assertEquals(List.of(), JvmFlags.ofThisJvm().missingButOptional());
        assertDoesNotThrow(() -> JvmFlags.ofThisJvm().require("queue"));
    }

    /** Says in a JVM without flags what it lacks. */
    static final class Bare {
        private Bare() {}

        public static void main(final String[] args) {
            try {
                JvmFlags.ofThisJvm().require(args[0]);
                System.out.println("nothing");
            } catch (final ConfigurationException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void exactlyTheMissingOnesAreNamedWithTheWaysToGiveThem() throws Exception {
        final String said = run("queue");
        assertTrue(
                said.contains(
                        "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED"
                                + " --add-opens=java.base/java.lang.reflect=ALL-UNNAMED --add-exports=java.base/sun.nio.ch=ALL-UNNAMED\n"),
                said);
        assertTrue(said.contains("@outrider.jvmargs"), said);
        assertTrue(said.contains("JDK_JAVA_OPTIONS"), said);
        assertTrue(said.contains("Add-Opens: java.base/java.lang.reflect"), said);
    }

    @Test
    void theRingNeedsLess() throws Exception {
        final String said = run("ring");
        assertTrue(said.contains("jdk.internal.misc"), said);
        assertFalse(said.contains("sun.nio.ch"), said);
    }

    @Test
    void whatIsGivenIsNotNamed() throws Exception {
        assertEquals("nothing\n", run("ring", "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED"));
    }

    @Test
    void workersOfEachVersionGetTheFlagsThatItTakes() {
        final Path java = Path.of("java");
        final String unsafe = "--sun-misc-unsafe-memory-access=allow";
        assertFalse(new ChildJava(java, 17).flags(List.of()).contains(unsafe));
        assertTrue(new ChildJava(java, 25).flags(List.of()).contains(unsafe));
        assertFalse(new ChildJava(java, 25).flags(List.of()).contains("-XX:+IgnoreUnrecognizedVMOptions"));
    }

    @Test
    void modulesAreNamedBesideTheClassPath() {
        final List<String> flags = new ChildJava(Path.of("java"), 17).flags(List.of("a.b", "c"));
        assertTrue(flags.contains("--add-opens=java.base/java.util=ALL-UNNAMED,a.b,c"), flags::toString);
    }

    @Test
    void theVersionIsReadOrAsked() {
        assertEquals(Runtime.version().feature(), ChildJava.find(null).feature());
        final Path own = LauncherProperties.javaHome().resolve("bin/java");
        assertEquals(Runtime.version().feature(), ChildJava.find(own).feature());
    }

    @Test
    void whatIsMeantForTheLauncherIsNotHandedOn() {
        final Map<String, String> environment = new HashMap<>(Map.of("JAVA_TOOL_OPTIONS", "-Dx", "A", "b"));
        JvmEnvironment.prepare(environment, Map.of("C", "d", "_JAVA_OPTIONS", "-Dwanted"));
        assertEquals(Map.of("A", "b", "C", "d", "_JAVA_OPTIONS", "-Dwanted"), environment);
    }

    @Test
    void windowsIsRefusedInWords() {
        assertDoesNotThrow(() -> Platform.require());
        final ConfigurationException failure =
                assertThrows(ConfigurationException.class, () -> Platform.require(true, "Windows 11"));
        assertTrue(failure.getMessage().contains("does not run on Windows 11 yet"));
    }

    private static String run(final String transport, final String... flags) throws IOException, InterruptedException {
        final List<String> command = new java.util.ArrayList<>();
        command.add(LauncherProperties.javaHome().resolve("bin/java").toString());
        command.addAll(List.of(flags));
        command.addAll(List.of(
                "-cp",
                String.join(
                        ":",
                        LauncherProperties.classPath().stream()
                                .map(Path::toString)
                                .toList())));
        command.addAll(List.of(Bare.class.getName(), transport));
        final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }
}
