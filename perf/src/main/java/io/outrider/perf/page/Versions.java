package io.outrider.perf.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

/** Which versions the build took. */
final class Versions {
    private Versions() {}

    /** Each as "name version", by name. */
    static List<String> all() {
        final Properties versions = new Properties();
        try (InputStream file = Versions.class.getResourceAsStream("versions.properties")) {
            if (file == null) {
                throw new IllegalStateException("versions.properties is missing beside " + Versions.class);
            }
            versions.load(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return versions.stringPropertyNames().stream()
                .sorted()
                .map(name -> name + " " + versions.getProperty(name))
                .toList();
    }
}
