package io.outrider.launcher.cli.demo;

import java.io.Console;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** One line that says what is being done, for a person who waits. Nothing is written where nobody watches. */
final class Progress {
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final @Nullable PrintWriter terminal;

    private Progress(final @Nullable PrintWriter terminal) {
        this.terminal = terminal;
    }

    /** On the terminal, if both input and output are one; otherwise nowhere. */
    @SuppressWarnings("SystemConsoleNull") // where it is not null it is asked whether it is a terminal
    static Progress onTerminal() {
        final Console console = System.console();
        return new Progress(console != null && isTerminal(console) ? console.writer() : null);
    }

    /** On a terminal that is known to be one. */
    static Progress on(final PrintWriter terminal) {
        return new Progress(terminal);
    }

    void show(final String text) {
        if (terminal != null) {
            terminal.print(CLEAR_LINE + text + " ...");
            terminal.flush();
        }
    }

    void clear() {
        if (terminal != null) {
            terminal.print(CLEAR_LINE);
            terminal.flush();
        }
    }

    /** Some versions of Java have a console without a terminal, and those have a method that tells. */
    private static boolean isTerminal(final Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (final NoSuchMethodException older) {
            return true;
        } catch (final ReflectiveOperationException unknown) {
            return false;
        }
    }
}
