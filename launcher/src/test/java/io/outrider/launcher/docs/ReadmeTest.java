package io.outrider.launcher.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example that opens the README is compiled as it stands there, and run as its text says. */
class ReadmeTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final int MAX_LINES = 25;

    @Test
    @Timeout(60)
    void theExampleRuns(@TempDir Path directory) throws IOException, InterruptedException {
        Example example = run("README.md", directory);
        assertTrue(example.source.lines().count() <= MAX_LINES, example.source);
        Matcher sentence =
                Pattern.compile("42 in process (\\d+), asked from (\\d+)").matcher(example.printed);
        assertTrue(sentence.matches(), example.printed);
        assertTrue(!sentence.group(1).equals(sentence.group(2)), example.printed);
        assertEquals(example.pid, Long.parseLong(sentence.group(2)), example.printed);
    }

    @Test
    @Timeout(60)
    void theExampleOfTheManagersRuns(@TempDir Path directory) throws IOException, InterruptedException {
        assertEquals("{bolts=7} and an order for nuts", run("docs/managers.md", directory).printed);
    }

    @Test
    @Timeout(60)
    void theExampleOfTheSerializersRuns(@TempDir Path directory) throws IOException, InterruptedException {
        assertEquals("{EUR=5}", run("docs/serializers.md", directory).printed);
    }

    @Test
    @Timeout(60)
    void theExampleOfTheActorsRuns(@TempDir Path directory) throws IOException, InterruptedException {
        assertEquals("carrot soup\nno carrot", run("docs/actors.md", directory).printed);
    }

    private record Example(String source, long pid, String printed) {}

    /** Runs the first example of a document that is a whole class. */
    private static Example run(String document, Path directory) throws IOException, InterruptedException {
        Matcher example = EXAMPLE.matcher(Documents.text(document));
        assertTrue(example.find(), document + " has no example");
        String source = example.group(1);
        Matcher name = Pattern.compile("public (?:final )?class (\\w+)").matcher(source);
        assertTrue(name.find(), source);
        Path file = Files.writeString(directory.resolve(name.group(1) + ".java"), source);

        String classPath = System.getProperty("java.class.path");
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-Xlint:all", "-cp", classPath, "-d", directory.toString(), file.toString());
        assertEquals(0, compiled, source);

        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + Documents.root().resolve("launcher/src/main/dist/outrider.jvmargs"),
                        "-cp",
                        directory + File.pathSeparator + classPath,
                        name.group(1))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(45, TimeUnit.SECONDS), "the example does not end");
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(output);
        assertEquals(0, process.exitValue(), printed);
        return new Example(source, process.pid(), printed.strip());
    }
}
