package io.outrider.launcher.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.launcher.support.ClassPaths;
import io.outrider.testkit.LeavesNothingBehind;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application that is a module runs with Outrider and all else on the module path, and so do its workers. */
@Timeout(120)
@ExtendWith(LeavesNothingBehind.class)
class ModulePathTest {
    /** As the guide gives them. */
    private static final List<String> FLAGS = List.of(
            "--add-modules=ALL-MODULE-PATH,jdk.unsupported,jdk.net",
            "--add-exports=java.base/jdk.internal.misc=org.agrona",
            "--add-opens=java.base/java.lang.reflect=chronicle.core",
            "--add-exports=java.base/sun.nio.ch=chronicle.core",
            "--add-exports=java.base/jdk.internal.ref=chronicle.core",
            "-Dchronicle.disk.monitor.disable=true");

    private static final String MODULE = """
            module app {
                requires io.outrider.launcher;
                requires io.outrider.core;
                opens app;
                provides io.outrider.api.serializer.SerializerProvider with app.Main.Doubled;
            }
            """;

    private static final String MAIN = """
            package app;
            import io.outrider.Outrider;
            import io.outrider.api.serializer.*;
            import java.io.*;
            import java.util.List;
            public final class Main {
                record Pair(int a, String b) implements java.io.Serializable {}
                /** Writes each graph twice. */
                public static final class Doubled implements SerializerProvider {
                    public String name() { return "doubled"; }
                    public Serializer newSerializer(SerializerContext context) {
                        return new Serializer() {
                            public void write(Object root, OutputStream out) throws IOException {
                                var objects = new ObjectOutputStream(out);
                                objects.writeUnshared(root);
                                objects.writeUnshared(root);
                                objects.flush();
                            }
                            public Object read(InputStream in) throws IOException, ClassNotFoundException {
                                var objects = new ObjectInputStream(in) {
                                    @Override protected Class<?> resolveClass(ObjectStreamClass type)
                                            throws ClassNotFoundException {
                                        return context.load(type.getName());
                                    }
                                };
                                objects.readUnshared();
                                return objects.readUnshared();
                            }
                        };
                    }
                }
                interface Service { Pair twice(Pair pair); List<Pair> all(List<Pair> pairs); String module(); }
                static final class Here implements Service {
                    public Pair twice(Pair pair) { return new Pair(2 * pair.a(), pair.b() + pair.b()); }
                    public List<Pair> all(List<Pair> pairs) { return pairs.stream().map(this::twice).toList(); }
                    public String module() {
                        return getClass().getModule() + " beside " + ProcessHandle.current().parent().get().pid();
                    }
                }
                public static void main(String[] args) throws Exception {
                    var config = Outrider.builder().transport(args[0]).serializer(args[1]).conclude();
                    try (var workers = Outrider.open(config); var object = workers.create(Service.class, Here.class)) {
                        System.out.println(object.stub().twice(new Pair(21, "x")));
                        System.out.println(object.stub().all(List.of(new Pair(1, "y"))));
                        System.out.println(object.stub().module().equals(
                                Main.class.getModule() + " beside " + ProcessHandle.current().pid()));
                    }
                }
            }
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"queue, java", "ring, doubled"})
    void applicationAndWorkersAreModules(String transport, String serializer) throws Exception {
        String modulePath = application() + File.pathSeparator + jars();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-p", modulePath, "-m", "app/app.Main", transport, serializer));
        Path output = directory.resolve("output");
        Process launcher = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(launcher.waitFor(60, TimeUnit.SECONDS), "the application did not end");
            String text = Files.readString(output);
            assertEquals(0, launcher.exitValue(), text);
            assertTrue(text.contains("Pair[a=42, b=xx]"), text);
            assertTrue(text.contains("[Pair[a=2, b=yy]]"), text);
            assertTrue(text.lines().anyMatch("true"::equals), text);
        } finally {
            launcher.destroyForcibly();
        }
    }

    private Path application() throws IOException {
        Path source = Files.createDirectories(directory.resolve("source/app"));
        Path module = Files.writeString(source.resolveSibling("module-info.java"), MODULE);
        Path main = Files.writeString(source.resolve("Main.java"), MAIN);
        Path classes = directory.resolve("classes");
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--release",
                        "17",
                        "-proc:none",
                        "-p",
                        jars(),
                        "-d",
                        classes.toString(),
                        module.toString(),
                        main.toString());
        assertEquals(0, exit);
        return classes;
    }

    /** The jars of the class path as they are, and Outrider's classes, which stand in directories here, in jars. */
    private String jars() throws IOException {
        List<String> jars = new ArrayList<>();
        for (Path entry : ClassPaths.withoutTests()) {
            if (Files.isDirectory(entry)) {
                Path module = entry;
                while (!Files.exists(module.resolve("pom.xml"))) {
                    module = module.getParent();
                }
                jars.add(jar(entry, module.getFileName().toString()).toString());
            } else if (!isOfTheTests(entry.getFileName().toString())) {
                jars.add(entry.toString());
            }
        }
        return String.join(File.pathSeparator, jars);
    }

    private static boolean isOfTheTests(String name) {
        return Stream.of(
                        "junit",
                        "opentest4j",
                        "apiguardian",
                        "surefire",
                        "archunit",
                        "testkit",
                        "hamcrest",
                        "guava",
                        "failureaccess",
                        "error_prone",
                        "j2objc",
                        "testng",
                        "jcommander",
                        "jquery",
                        "reactive-streams")
                .anyMatch(name::contains);
    }

    private Path jar(Path classes, String name) throws IOException {
        Path jar = directory.resolve("outrider-" + name + ".jar");
        if (Files.exists(jar)) {
            return jar;
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Automatic-Module-Name", "io.outrider." + name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                Stream<Path> tree = Files.walk(classes)) {
            for (Path path : tree.filter(Files::isRegularFile).toList()) {
                String entry = classes.relativize(path).toString();
                if (!entry.equals("META-INF/MANIFEST.MF")) {
                    out.putNextEntry(new JarEntry(entry));
                    out.write(Files.readAllBytes(path));
                    out.closeEntry();
                }
            }
        }
        return jar;
    }
}
