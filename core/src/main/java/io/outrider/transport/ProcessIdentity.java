package io.outrider.transport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that can't be mistaken for a later one with the same pid. Immutable, safe from any thread.
 *
 * @param pid its process id
 * @param start when it began: on Linux in clock ticks since the machine did, which no change of the clock moves; elsewhere in
 *     milliseconds since the epoch
 */
public record ProcessIdentity(long pid, long start) {
    private static final Pattern NAME = Pattern.compile("(\\d{1,18})-(\\d{1,18})");
    private static final Path PROC = Path.of("/proc");
    /** Fields of /proc/PID/stat, counted after the name, which may itself hold blanks and parentheses. */
    private static final int STATE_FIELD = 0;

    private static final int START_FIELD = 19;

    /**
     * This process.
     *
     * @return its identity
     */
    public static ProcessIdentity current() {
        final long pid = ProcessHandle.current().pid();
        return new ProcessIdentity(pid, startOf(pid).orElse(0L));
    }

    /**
     * Reads {@link #toString} back.
     *
     * @param name such as {@code 4711-123456}
     * @return the identity, or empty if the name is none
     */
    public static Optional<ProcessIdentity> parse(final String name) {
        final Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new ProcessIdentity(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /**
     * Whether the process lives. A zombie does not: nothing of it runs, and only its parent can make it go.
     *
     * @return false if it has ended, or another one has its pid
     */
    public boolean isAlive() {
        return startOf(pid).filter(began -> began == start).isPresent();
    }

    private static Optional<Long> startOf(final long pid) {
        if (Files.isDirectory(PROC.resolve("self"))) {
            return startFromProc(PROC.resolve(Long.toString(pid)).resolve("stat"));
        }
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().startInstant())
                .map(Instant::toEpochMilli);
    }

    private static Optional<Long> startFromProc(final Path stat) {
        final String text;
        try {
            text = Files.readString(stat, StandardCharsets.ISO_8859_1);
        } catch (final IOException e) {
            // The file goes with its process.
            return Optional.empty();
        }
        final String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        final boolean dead = fields[STATE_FIELD].equals("Z") || fields[STATE_FIELD].equals("X");
        return dead ? Optional.empty() : Optional.of(Long.parseLong(fields[START_FIELD]));
    }

    @Override
    public String toString() {
        return pid + "-" + start;
    }
}
