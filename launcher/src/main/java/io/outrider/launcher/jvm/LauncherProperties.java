package io.outrider.launcher.jvm;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The one place of the launcher that reads system properties and the environment. Stateless, safe from any thread. */
public final class LauncherProperties {
    private LauncherProperties() {}

    /**
     * Where this JVM's runtime is installed.
     *
     * @return an absolute directory
     */
    public static Path javaHome() {
        return Path.of(required("java.home")).toAbsolutePath();
    }

    /**
     * This JVM's class path.
     *
     * @return its entries, absolute, in order
     */
    public static List<Path> classPath() {
        return paths("java.class.path");
    }

    /**
     * This JVM's module path.
     *
     * @return its entries, absolute, in order; empty if it was given none
     */
    public static List<Path> modulePath() {
        return paths("jdk.module.path");
    }

    /**
     * Where temporary files go.
     *
     * @return a directory
     */
    public static Path temporaryDirectory() {
        return Path.of(required("java.io.tmpdir"));
    }

    /**
     * The user's home.
     *
     * @return a directory
     */
    public static Path home() {
        return Path.of(required("user.home"));
    }

    /**
     * Where programs keep what they can make again: as the XDG base directory specification says.
     *
     * @return a directory, which may not be there yet
     */
    public static Path cacheDirectory() {
        final String caches = System.getenv("XDG_CACHE_HOME");
        // The specification has relative paths ignored.
        return caches != null && caches.startsWith("/") ? Path.of(caches) : home().resolve(".cache");
    }

    /**
     * The charset of file names, in which a JVM also reads its argument files.
     *
     * @return the charset
     */
    public static Charset fileNameCharset() {
        return Charset.forName(
                System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()));
    }

    /**
     * Whether this is Windows.
     *
     * @return true on any of its versions
     */
    public static boolean isWindows() {
        return operatingSystem().toLowerCase(Locale.ROOT).startsWith("windows");
    }

    /**
     * The operating system, for messages.
     *
     * @return its name
     */
    public static String operatingSystem() {
        return required("os.name");
    }

    /**
     * The processor's architecture, for messages.
     *
     * @return its name
     */
    public static String architecture() {
        return required("os.arch");
    }

    /**
     * The virtual machine, for messages.
     *
     * @return its name and version
     */
    public static String javaRuntime() {
        return required("java.vm.name") + " " + Runtime.version();
    }

    private static List<Path> paths(final String property) {
        final String value = System.getProperty(property, "");
        final List<Path> paths = new ArrayList<>();
        if (!value.isEmpty()) {
            for (final String entry :
                    Pattern.compile(Pattern.quote(java.io.File.pathSeparator)).split(value, -1)) {
                // An empty entry means the working directory, which the worker's may differ from.
                paths.add(Path.of(entry).toAbsolutePath());
            }
        }
        return paths;
    }

    private static String required(final String property) {
        final String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException("this JVM has no property " + property);
        }
        return value;
    }
}
