package io.outrider.launcher.jvm;

import java.util.Map;
import java.util.Set;

/** What of this process's environment a worker gets. Stateless, safe from any thread. */
public final class JvmEnvironment {
    /**
     * Not handed on: they are meant for the launcher. They would give each worker its debugger's port, agent or heap size,
     * and make it print a line about that on stderr.
     */
    public static final Set<String> DROPPED =
            Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");

    private JvmEnvironment() {}

    /**
     * Prepares the environment of a worker.
     *
     * @param environment a copy of this process's, to change
     * @param configured what the user adds; wins, also over what is dropped
     */
    public static void prepare(final Map<String, String> environment, final Map<String, String> configured) {
        environment.keySet().removeAll(DROPPED);
        environment.putAll(configured);
    }
}
