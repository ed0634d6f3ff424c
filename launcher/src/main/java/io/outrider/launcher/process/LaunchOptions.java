package io.outrider.launcher.process;

import java.util.List;

/**
 * What sets one worker's JVM apart from those of the settings. Immutable, safe from any thread.
 *
 * @param prefix the command that runs {@code java}, such as {@code nice}; empty for none
 * @param jvmArguments added before those of the user, which win
 */
public record LaunchOptions(List<String> prefix, List<String> jvmArguments) {
    /** Nothing does. */
    public static final LaunchOptions NONE = new LaunchOptions(List.of(), List.of());

    /** Copies the lists. */
    public LaunchOptions {
        prefix = List.copyOf(prefix);
        jvmArguments = List.copyOf(jvmArguments);
    }
}
