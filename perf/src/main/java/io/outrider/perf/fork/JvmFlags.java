package io.outrider.perf.fork;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The flags that Outrider's own JVMs run with, so that every peer runs with them too. */
final class JvmFlags {
    private static final String RESOURCE = "/io/outrider/launcher/outrider.jvmargs";

    private JvmFlags() {}

    /** The one file that the launcher's jar carries, without its comments. */
    static List<String> shipped() {
        try (InputStream file = JvmFlags.class.getResourceAsStream(RESOURCE)) {
            if (file == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path: outrider-launcher carries it");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
