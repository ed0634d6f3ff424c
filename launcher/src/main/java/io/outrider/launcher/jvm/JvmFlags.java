package io.outrider.launcher.jvm;

import io.outrider.error.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The flags that a JVM needs to run Outrider. The launcher's own JVM is checked before any class of Agrona or Chronicle loads,
 * since these fail in ways that name no flag: Chronicle without them silently opens a queue for reading only. Immutable,
 * safe from any thread.
 */
public final class JvmFlags {
    /** The argument file, in the launcher's jar; the command line has it beside its script. */
    public static final String RESOURCE = "/io/outrider/launcher/outrider.jvmargs";

    private static final String OPENS = "--add-opens";
    private static final String EXPORTS = "--add-exports";
    private static final String UNNAMED = "ALL-UNNAMED";

    private static final String AGRONA = "org.agrona.DirectBuffer";
    private static final String CHRONICLE = "net.openhft.chronicle.core.annotation.SingleThreaded";

    /** Without these nothing works: Agrona's buffers. */
    private static final List<Access> ALWAYS = List.of(new Access(EXPORTS, "jdk.internal.misc", AGRONA));
    /** Without these a queue can't be written. */
    private static final List<Access> QUEUE =
            List.of(new Access(OPENS, "java.lang.reflect", CHRONICLE), new Access(EXPORTS, "sun.nio.ch", CHRONICLE));

    private final UnaryOperator<Module> users;

    /** @param users the module that needs the access, given the module of the class that uses it; the same outside tests */
    JvmFlags(final UnaryOperator<Module> users) {
        this.users = users;
    }

    /**
     * The flags of this JVM.
     *
     * @return to be asked
     */
    public static JvmFlags ofThisJvm() {
        return new JvmFlags(UnaryOperator.identity());
    }

    /** One package of {@code java.base} that must be reachable from a class, which stands in a module or on the class path. */
    private record Access(String option, String packageName, String userClass) {
        Module user(final UnaryOperator<Module> users) {
            final ClassLoader loader = JvmFlags.class.getClassLoader();
            try { // an interface that is not initialised touches nothing that needs the flags
                return users.apply(Class.forName(userClass, false, loader).getModule());
            } catch (final ClassNotFoundException | LinkageError absent) {
                return users.apply(JvmFlags.class.getModule());
            }
        }

        boolean isGranted(final UnaryOperator<Module> users) {
            final Module user = user(users);
            final Optional<Module> base = ModuleLayer.boot().findModule("java.base");
            return base.isPresent()
                    && (option.equals(OPENS)
                            ? base.get().isOpen(packageName, user)
                            : base.get().isExported(packageName, user));
        }

        String flag(final UnaryOperator<Module> users) {
            final Module user = user(users);
            return option + "=java.base/" + packageName + "=" + (user.isNamed() ? user.getName() : UNNAMED);
        }

        String manifestLine() {
            return (option.equals(OPENS) ? "Add-Opens" : "Add-Exports") + ": java.base/" + packageName;
        }
    }

    /**
     * What this JVM lacks and can't do without.
     *
     * @param transport the transport that will be used
     * @return the flags, empty if none
     */
    public List<String> missing(final String transport) {
        return lacking(transport).stream().map(access -> access.flag(users)).toList();
    }

    /**
     * What this JVM lacks of the argument file and can do without, at the price of warnings or of slower ways.
     *
     * @return the flags, empty if none
     */
    public List<String> missingButOptional() {
        final List<String> needed = new ArrayList<>();
        ALWAYS.forEach(access -> needed.add(access.packageName));
        QUEUE.forEach(access -> needed.add(access.packageName));
        final List<String> missing = new ArrayList<>();
        for (final String flag : argumentFile()) {
            final Access access = parse(flag);
            if (access != null && !needed.contains(access.packageName) && !access.isGranted(users)) {
                missing.add(flag);
            }
        }
        return missing;
    }

    /**
     * Refuses to go on in a JVM that lacks a flag.
     *
     * @param transport the transport that will be used
     * @throws ConfigurationException naming exactly the missing flags and the ways to give them
     */
    public void require(final String transport) {
        final List<Access> lacking = lacking(transport);
        if (lacking.isEmpty()) {
            return;
        }
        final String flags = String.join(
                " ", lacking.stream().map(access -> access.flag(users)).toList());
        final StringBuilder manifest = new StringBuilder();
        lacking.forEach(access -> manifest.append("\n         ").append(access.manifestLine()));
        throw new ConfigurationException("this JVM was started without what Outrider's transport " + transport
                + " needs:\n  " + flags + "\nGive it in one of these ways:"
                + "\n  1. all flags that Outrider likes, from the argument file that it ships (outrider.jvmargs, also "
                + RESOURCE.substring(1) + " in the launcher's jar; for the class path, not for the module path):"
                + "\n       java @outrider.jvmargs ..."
                + "\n  2. on the command line:\n       java " + flags + " ..."
                + "\n  3. in the environment:\n       JDK_JAVA_OPTIONS=\"" + flags + "\""
                + "\n  4. for java -jar, in the manifest of the application's jar, one line for all packages of a kind:"
                + manifest);
    }

    /**
     * The flags of the argument file, one each.
     *
     * @return in order
     */
    public static List<String> argumentFile() {
        try (InputStream in = JvmFlags.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new ConfigurationException("the launcher's jar lacks " + RESOURCE + ": it is not a whole build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (final IOException e) {
            throw new UncheckedIOException("reading " + RESOURCE + " failed", e);
        }
    }

    private List<Access> lacking(final String transport) {
        final List<Access> needed = new ArrayList<>(ALWAYS);
        if (transport.equals("queue")) {
            needed.addAll(QUEUE);
        }
        needed.removeIf(access -> access.isGranted(users));
        return needed;
    }

    private static @Nullable Access parse(final String flag) {
        final String[] parts = flag.split("[=/]", -1);
        final boolean access = parts.length > 2 && (parts[0].equals(OPENS) || parts[0].equals(EXPORTS));
        return access ? new Access(parts[0], parts[2], JvmFlags.class.getName()) : null;
    }
}
