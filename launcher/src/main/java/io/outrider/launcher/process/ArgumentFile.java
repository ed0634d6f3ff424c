package io.outrider.launcher.process;

import io.outrider.error.ConfigurationException;
import io.outrider.launcher.jvm.LauncherProperties;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/**
 * Writes the arguments of a {@code java} command into a file that it reads by {@code @file}: one argument on a command line
 * may have 128 KiB, and a class path may have more. Stateless, safe from any thread.
 */
final class ArgumentFile {
    private ArgumentFile() {}

    /**
     * Writes a new file, private to the user.
     *
     * @param file to make
     * @param arguments in order
     * @throws ConfigurationException if one can't be written in the charset in which a JVM reads it
     * @throws IOException if the file can't be written
     */
    static void write(final Path file, final List<String> arguments) throws IOException {
        final StringBuilder text = new StringBuilder();
        arguments.forEach(argument -> quote(argument, text));
        final ByteBuffer bytes = encode(text);
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private static ByteBuffer encode(final CharSequence text) throws IOException {
        final Charset charset = LauncherProperties.fileNameCharset();
        try {
            return charset.newEncoder().encode(CharBuffer.wrap(text));
        } catch (final CharacterCodingException e) {
            throw new ConfigurationException(
                    "the class path or an argument of the workers has a character that the charset of this system's file"
                            + " names, " + charset + ", does not: set LC_ALL to a UTF-8 locale, or rename the file",
                    e);
        }
    }

    /** Inside double quotes the reader takes a backslash as the start of an escape, and everything else as it is. */
    static void quote(final String argument, final StringBuilder text) {
        text.append('"');
        for (int i = 0; i < argument.length(); i++) {
            final char c = argument.charAt(i);
            switch (c) {
                case '\\', '"' -> text.append('\\').append(c);
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\f' -> text.append("\\f");
                default -> text.append(c);
            }
        }
        text.append("\"\n");
    }
}
