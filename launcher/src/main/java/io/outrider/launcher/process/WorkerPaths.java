package io.outrider.launcher.process;

import io.outrider.config.WorkerConfig;
import io.outrider.error.ConfigurationException;
import io.outrider.launcher.jvm.LauncherProperties;
import java.io.File;
import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Where a worker finds its classes: where the launcher does, unless it is told otherwise, and Outrider itself in any case.
 * Immutable, safe from any thread.
 *
 * @param classPath absolute entries in order
 * @param modulePath absolute entries in order
 */
record WorkerPaths(List<Path> classPath, List<Path> modulePath) {
    /** Something of each jar that a worker can't do without; the first is Outrider's own and tells whether any is missing. */
    private static final List<String> MARKERS = List.of(
            "io/outrider/worker/WorkerMain.class",
            "io/outrider/error/OutriderException.class",
            "META-INF/services/io.outrider.transport.TransportProvider",
            "org/agrona/DirectBuffer.class",
            "com/esotericsoftware/kryo/Kryo.class",
            "com/esotericsoftware/minlog/Log.class",
            "com/esotericsoftware/reflectasm/ConstructorAccess.class",
            "org/objenesis/Objenesis.class",
            "org/objectweb/asm/ClassWriter.class",
            "org/slf4j/Logger.class",
            "org/jspecify/annotations/Nullable.class",
            "net/openhft/chronicle/queue/ChronicleQueue.class",
            "net/openhft/chronicle/wire/Wire.class",
            "net/openhft/chronicle/bytes/Bytes.class",
            "net/openhft/chronicle/core/Jvm.class",
            "net/openhft/chronicle/threads/Pauser.class",
            "net/openhft/chronicle/values/Values.class",
            "net/openhft/compiler/CompilerUtils.class",
            "net/openhft/posix/PosixAPI.class",
            "jnr/ffi/LibraryLoader.class",
            "jnr/constants/Constant.class",
            "jnr/a64asm/Assembler_A64.class",
            "jnr/x86asm/Assembler.class",
            "com/kenai/jffi/Function.class",
            "com/squareup/javapoet/JavaFile.class");

    WorkerPaths {
        classPath = List.copyOf(classPath);
        modulePath = List.copyOf(modulePath);
    }

    static WorkerPaths of(final WorkerConfig config) {
        final Set<Path> classes = new LinkedHashSet<>(absolute(config.classPath(), LauncherProperties.classPath()));
        final List<Path> modules = absolute(config.modulePath(), LauncherProperties.modulePath());
        final Path outrider = locate(MARKERS.get(0));
        if (outrider != null
                && !classes.contains(outrider)
                && !modules.contains(outrider)
                && classes.stream().noneMatch(WorkerPaths::hasOutrider)) {
            MARKERS.forEach(marker -> classes.addAll(locateAll(marker)));
        }
        classes.forEach(WorkerPaths::requireSpeakable);
        return new WorkerPaths(List.copyOf(classes), modules);
    }

    /** The names of the modules on the module path, which need what is otherwise given to the class path. */
    List<String> moduleNames() {
        if (modulePath.isEmpty()) {
            return List.of();
        }
        try {
            return ModuleFinder.of(modulePath.toArray(new Path[0])).findAll().stream()
                    .map(module -> module.descriptor().name())
                    .sorted()
                    .toList();
        } catch (final FindException e) {
            throw new ConfigurationException("the workers' module path can't be read: " + e.getMessage(), e);
        }
    }

    List<String> arguments() {
        final List<String> arguments = new ArrayList<>();
        if (!modulePath.isEmpty()) {
            arguments.add("--module-path");
            arguments.add(join(modulePath));
            arguments.add("--add-modules=ALL-MODULE-PATH");
        }
        arguments.add("-cp");
        arguments.add(join(classPath));
        return arguments;
    }

    private static List<Path> absolute(final @Nullable List<Path> configured, final List<Path> own) {
        return configured == null
                ? own
                : configured.stream().map(Path::toAbsolutePath).toList();
    }

    private static String join(final List<Path> paths) {
        return String.join(
                File.pathSeparator, paths.stream().map(Path::toString).toList());
    }

    /** A class path has no way to quote. */
    private static void requireSpeakable(final Path entry) {
        if (entry.toString().contains(File.pathSeparator)) {
            throw new ConfigurationException("a class path can't hold " + entry + ", since " + File.pathSeparator
                    + " stands between its entries: rename it");
        }
    }

    /** Whether Outrider is here too, in another place than the launcher's own. */
    private static boolean hasOutrider(final Path entry) {
        if (Files.isDirectory(entry)) {
            return Files.exists(entry.resolve(MARKERS.get(0)));
        }
        try (ZipFile jar = new ZipFile(entry.toFile())) {
            return jar.getEntry(MARKERS.get(0)) != null;
        } catch (final IOException noJar) {
            return false;
        }
    }

    private static @Nullable Path locate(final String marker) {
        final List<Path> found = locateAll(marker);
        return found.isEmpty() ? null : found.get(0);
    }

    private static List<Path> locateAll(final String marker) {
        final List<Path> found = new ArrayList<>();
        try {
            for (final URL url :
                    Collections.list(WorkerPaths.class.getClassLoader().getResources(marker))) {
                final Path entry = entry(url, marker);
                if (entry != null) {
                    found.add(entry);
                }
            }
        } catch (final IOException e) {
            throw new ConfigurationException("Outrider's own classes can't be located: " + e, e);
        }
        return found;
    }

    /** The jar or directory that holds a resource, or null where it is neither, as in a jar within a jar. */
    private static @Nullable Path entry(final URL url, final String marker) {
        final String text = url.toString();
        final String bare = text.startsWith("jar:") ? text.substring("jar:".length()) : text;
        final String suffix = (bare.equals(text) ? "/" : "!/") + marker;
        if (!bare.startsWith("file:") || !bare.endsWith(suffix)) {
            return null;
        }
        final Path entry = Path.of(URI.create(bare.substring(0, bare.length() - suffix.length())));
        return Files.exists(entry) ? entry : null;
    }
}
