package io.outrider.perf.fork;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM to start: this one's executable and class path, Outrider's flags.
 *
 * @param prefix of the command, such as {@code taskset -c 0}
 * @param jvmArguments after Outrider's flags
 * @param main the main class
 * @param arguments for it
 */
public record JavaCommand(List<String> prefix, List<String> jvmArguments, Class<?> main, List<String> arguments) {
    /** Copies the lists. */
    public JavaCommand {
        prefix = List.copyOf(prefix);
        jvmArguments = List.copyOf(jvmArguments);
        arguments = List.copyOf(arguments);
    }

    /**
     * A plain one.
     *
     * @param main the main class
     * @param arguments for it
     * @return the command
     */
    public static JavaCommand of(final Class<?> main, final String... arguments) {
        return new JavaCommand(List.of(), List.of(), main, List.of(arguments));
    }

    /**
     * The same, run by another program.
     *
     * @param words such as {@code taskset -c 0}
     * @return the command
     */
    public JavaCommand by(final List<String> words) {
        return new JavaCommand(words, jvmArguments, main, arguments);
    }

    /**
     * The same, with more arguments for the JVM.
     *
     * @param more of them
     * @return the command
     */
    public JavaCommand with(final List<String> more) {
        final List<String> all = new ArrayList<>(jvmArguments);
        all.addAll(more);
        return new JavaCommand(prefix, all, main, arguments);
    }

    /**
     * The words to start.
     *
     * @return the whole command
     */
    public List<String> words() {
        final List<String> words = new ArrayList<>(prefix);
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JvmFlags.shipped());
        words.add("-cp");
        words.add(System.getProperty("java.class.path"));
        words.addAll(jvmArguments); // of which a class path counts, as the last one does
        words.add(main.getName());
        words.addAll(arguments);
        return words;
    }
}
