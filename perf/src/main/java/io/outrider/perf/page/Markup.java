package io.outrider.perf.page;

import java.util.Locale;

/** Collects HTML or SVG. */
final class Markup {
    private final StringBuilder text = new StringBuilder();

    /** Adds a formatted piece; what comes from outside goes through {@link #escape} first. */
    Markup add(final String format, final Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
        return this;
    }

    /** Makes a text harmless between tags and in quotes. */
    static String escape(final String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
