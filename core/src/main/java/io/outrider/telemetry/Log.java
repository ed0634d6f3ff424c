package io.outrider.telemetry;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SLF4J logger of a class, looked for when the class first has something to say: that search opens every jar of the class
 * path, which a start that has nothing to say need not wait for. Messages are SLF4J's, with {@code {}} for each argument, and an
 * exception last. Safe from any thread.
 */
public final class Log {
    private final String name;
    private volatile @Nullable Logger found;

    private Log(final String name) {
        this.name = name;
    }

    /**
     * That of a class.
     *
     * @param owner by whose name it is configured
     * @return one of its own
     */
    public static Log of(final Class<?> owner) {
        return new Log(owner.getName());
    }

    /**
     * One that belongs to no class.
     *
     * @param name by which it is configured
     * @return one of its own
     */
    public static Log named(final String name) {
        return new Log(name);
    }

    /** Looks for the logging library now: for who is about to use, on several threads, another library that logs. */
    public static void prepare() {
        find(Log.class.getName());
    }

    /**
     * SLF4J holds this lock while it looks for the library. Whoever asks meanwhile without it is given a stand-in, and a warning on stderr.
     */
    @SuppressWarnings("LockOnNonEnclosingClassLiteral") // for just that it is taken
    private static Logger find(final String name) {
        synchronized (LoggerFactory.class) {
            return LoggerFactory.getLogger(name);
        }
    }

    private Logger logger() {
        final Logger known = found;
        if (known != null) {
            return known;
        }
        final Logger first = find(name);
        found = first;
        return first;
    }

    /**
     * Something is lost or broken.
     *
     * @param format of the message
     * @param arguments for it
     */
    public void error(final String format, final @Nullable Object... arguments) {
        logger().error(format, arguments);
    }

    /**
     * Somebody should look at something, though all goes on.
     *
     * @param format of the message
     * @param arguments for it
     */
    public void warn(final String format, final @Nullable Object... arguments) {
        logger().warn(format, arguments);
    }

    /**
     * What an operator likes to see.
     *
     * @param format of the message
     * @param arguments for it
     */
    public void info(final String format, final @Nullable Object... arguments) {
        logger().info(format, arguments);
    }

    /**
     * For whoever looks into Outrider; not on the way of a start or a call.
     *
     * @param format of the message
     * @param arguments for it
     */
    public void debug(final String format, final @Nullable Object... arguments) {
        logger().debug(format, arguments);
    }

    /**
     * Finer than {@link #debug}.
     *
     * @param format of the message
     * @param arguments for it
     */
    public void trace(final String format, final @Nullable Object... arguments) {
        logger().trace(format, arguments);
    }
}
