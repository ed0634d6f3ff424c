package io.outrider.launcher.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the documents are compiled as they stand there, and those that are whole are run. */
class ReadmeTest {
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final int MAX_LINES = 25;
    private static final String CLASS_PATH = System.getProperty("java.class.path");

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

    /** What the examples of a section use and don't declare. */
    private static final Map<String, String> GIVEN =
            Map.of("Take values as they come", """
            record Quote(String symbol) {}
            static double price(Quote quote) { return quote.symbol().length(); }
            void use(RemoteObject<Station> a, RemoteExecutor workers, Iterator<Quote> quotes) throws Exception {
            """, "Hand memory over", """
            interface Station { double firstOf(Loan loan); }
            void use(RemoteObject<Station> a) throws Exception {
            """, "Feed several readers", """
            interface Camera { void read(MutableDirectBuffer frame); }
            void use(RemoteExecutor workers, Camera camera, int imageBytes) throws Exception {
            """);

    private static final Pattern DECLARATION = Pattern.compile("(?:interface|public) .*?\n}\n", Pattern.DOTALL);

    /** Examples are pieces of code: what they declare goes before what they do, and three dots stand for anything. */
    @Test
    @Timeout(60)
    void theExamplesOfStreamsLoansAndFeedsInTheGuideCompile(@TempDir Path directory) throws IOException {
        StringBuilder source = new StringBuilder("""
                import io.outrider.api.*;
                import io.outrider.api.feed.*;
                import java.util.*;
                import java.util.concurrent.*;
                import org.agrona.*;
                """);
        int number = 0;
        for (String section : Documents.text("docs/guide.md").split("\n## ")) {
            String given = GIVEN.get(section.lines().findFirst().orElseThrow());
            if (given != null) {
                StringBuilder steps = new StringBuilder();
                StringBuilder declared = new StringBuilder();
                Matcher example = EXAMPLE.matcher(section);
                while (example.find()) {
                    Matcher declaration = DECLARATION.matcher(example.group(1));
                    declaration.results().forEach(found -> declared.append(found.group()));
                    steps.append("{\n")
                            .append(declaration.replaceAll("").replace(" ...\n", ";\n"))
                            .append("}\n");
                }
                source.append("class Section").append(number++).append(" {\n");
                source.append(declared).append(given).append(steps).append("}\n}\n");
            }
        }
        assertEquals(GIVEN.size(), number, "sections of the guide");
        compile(Files.writeString(directory.resolve("Guide.java"), source), directory);
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

        compile(file, directory);

        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + Documents.root().resolve("launcher/src/main/dist/outrider.jvmargs"),
                        "-cp",
                        directory + File.pathSeparator + CLASS_PATH,
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

    private static void compile(Path file, Path directory) throws IOException {
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-Xlint:all", "-cp", CLASS_PATH, "-d", directory.toString(), file.toString());
        assertEquals(0, compiled, Files.readString(file));
    }
}
