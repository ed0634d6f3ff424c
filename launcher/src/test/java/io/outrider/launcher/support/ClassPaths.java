package io.outrider.launcher.support;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Class paths for workers that are not quite the launcher's. */
public final class ClassPaths {
    private ClassPaths() {}

    /** That of the tests, entry by entry, whatever the test runner made of it. */
    public static List<Path> own() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(entry -> !entry.isBlank())
                .map(Path::of)
                .toList();
    }

    /** That of the tests, with a directory before it. */
    public static List<Path> with(Path first) {
        List<Path> entries = new ArrayList<>();
        entries.add(first);
        entries.addAll(own());
        return entries;
    }

    /** That of the tests without what the tests themselves compiled. */
    public static List<Path> withoutTests() {
        return own().stream().filter(entry -> !entry.endsWith("test-classes")).toList();
    }

    /** Compiles one class into a directory. */
    public static void compile(Path directory, String className, String source) throws IOException {
        Path file = directory.resolve("src").resolve(className.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int exit = compiler.run(
                null,
                null,
                null,
                "--release",
                "17",
                "-proc:none",
                "-cp",
                String.join(
                        File.pathSeparator, own().stream().map(Path::toString).toList()),
                "-d",
                directory.toString(),
                file.toString());
        if (exit != 0) {
            throw new AssertionError(className + " does not compile");
        }
    }
}
