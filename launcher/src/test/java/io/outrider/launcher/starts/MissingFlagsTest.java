package io.outrider.launcher.starts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.Outrider;
import io.outrider.config.OutriderConfig;
import io.outrider.error.ConfigurationException;
import io.outrider.launcher.support.ClassPaths;
import io.outrider.testkit.LeavesNothingBehind;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A launcher whose own JVM lacks flags: the very first use names exactly these and the ways to give them. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class MissingFlagsTest {
    private static final String INTERNAL_MISC = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";
    private static final String REFLECT = "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED";
    private static final String FILE_CHANNEL = "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED";

    /** The launcher without flags. */
    static final class Bare {
        private Bare() {}

        public static void main(String[] args) {
            OutriderConfig config = OutriderConfig.builder().transport(args[0]).conclude();
            try {
                Outrider.open(config).close();
                System.out.println("opened");
            } catch (ConfigurationException lacking) {
                System.out.println("refused: " + lacking.getMessage());
            } catch (Throwable other) {
                System.out.println("other: " + other);
                other.printStackTrace(System.out);
            }
        }
    }

    private static String run(String transport, String... flags) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(flags));
        command.add("-cp");
        command.add(ClassPaths.own().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(Bare.class.getName());
        command.add(transport);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void areNamedWithTheWaysToGiveThem(String transport) throws Exception {
        String output = run(transport);
        assertTrue(output.contains("refused: "), output);
        assertTrue(output.contains(INTERNAL_MISC), output);
        assertEquals(transport.equals("queue"), output.contains(REFLECT), output);
        assertEquals(transport.equals("queue"), output.contains(FILE_CHANNEL), output);
        for (String way : List.of("outrider.jvmargs", "JDK_JAVA_OPTIONS", "manifest", "command line")) {
            assertTrue(output.contains(way), () -> way + " in " + output);
        }
        assertFalse(output.contains("\tat "), () -> "one exception, nothing else: " + output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void onlyThoseThatAreMissing(String transport) throws Exception {
        String output = run(transport, INTERNAL_MISC, FILE_CHANNEL);
        if (transport.equals("ring")) {
            assertTrue(output.contains("opened"), output);
        } else {
            assertTrue(output.contains("refused: ") && output.contains(REFLECT), output);
            assertFalse(output.contains(INTERNAL_MISC) || output.contains(FILE_CHANNEL), output);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void withTheMissingOnesItOpens(String transport) throws Exception {
        String output = run(transport, INTERNAL_MISC, FILE_CHANNEL, REFLECT);
        assertTrue(output.contains("opened"), output);
    }
}
