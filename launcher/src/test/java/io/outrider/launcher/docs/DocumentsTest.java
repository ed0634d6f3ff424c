package io.outrider.launcher.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.config.OutriderBuilder;
import io.outrider.error.OutriderException;
import io.outrider.error.WorkerDiedException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents keep up with the code. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(#[^)]*)?\\)");

    /** Those of the design that every reader must find. */
    private static final List<String> NOUNS = List.of(
            "claim",
            "commit",
            "abort",
            "offer",
            "poll",
            "frame",
            "lane",
            "link",
            "transport",
            "position",
            "back pressure",
            "loan",
            "arena",
            "block",
            "call",
            "outcome",
            "contract",
            "stub",
            "dispatcher",
            "object",
            "worker",
            "incarnation",
            "session",
            "launcher",
            "client",
            "credit",
            "wait strategy",
            "duty cycle",
            "doorbell",
            "leader",
            "mailbox",
            "poll role",
            "pending call",
            "refusal",
            "descriptor");

    @Test
    void theGuideNamesEverySetting() {
        String guide = Documents.text("docs/guide.md");
        List<String> missing = Arrays.stream(OutriderBuilder.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .filter(name -> !name.equals("conclude"))
                .filter(name -> !guide.contains("| `" + name + "` |"))
                .sorted()
                .toList();
        assertEquals(List.of(), missing, "settings without a row in the table of docs/guide.md");
    }

    @Test
    void theReadmeNamesEveryException() throws IOException {
        String readme = Documents.text("README.md");
        Path errors = Documents.root()
                .resolve("core/src/main/java")
                .resolve(OutriderException.class.getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.list(errors)) {
            List<String> missing = files.map(
                            file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> name.endsWith("Exception") && !name.equals(OutriderException.class.getSimpleName()))
                    .filter(name -> !readme.contains("`" + name + "`"))
                    .toList();
            assertEquals(List.of(), missing, "exceptions that the table of README.md does not name");
        }
        assertTrue(readme.contains(WorkerDiedException.class.getSimpleName()));
    }

    @Test
    void theGlossaryHasEveryNounOnceAndInOrder() {
        List<String> entries = new ArrayList<>();
        Matcher bold = Pattern.compile("(?m)^\\*\\*([^*]+)\\*\\*").matcher(Documents.text("docs/glossary.md"));
        while (bold.find()) {
            entries.add(bold.group(1));
        }
        assertEquals(
                List.of(),
                NOUNS.stream().filter(noun -> !entries.contains(noun)).toList());
        assertEquals(entries.stream().sorted().distinct().toList(), entries);
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> dangling = new ArrayList<>();
        for (Path document : documents()) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                String target = link.group(1);
                if (!target.contains("://") && !Files.exists(document.resolveSibling(target))) {
                    dangling.add(Documents.root().relativize(document) + " -> " + target);
                }
            }
        }
        assertEquals(List.of(), dangling);
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        try (Stream<Path> atRoot = Files.list(Documents.root());
                Stream<Path> inDocs = Files.walk(Documents.root().resolve("docs"))) {
            Stream.concat(atRoot, inDocs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .forEach(documents::add);
        }
        return documents;
    }
}
