package io.outrider.perf.page;

import java.util.List;

/**
 * How a line looks, so that it is told apart in colour, in grey and by who sees colours otherwise.
 *
 * @param colour of the line
 * @param dashes of the line, empty for none
 * @param width in pixels
 */
record Stroke(String colour, String dashes, double width) {
    /** Okabe and Ito's palette, without its yellow, which paper swallows. */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#555555", "#7b4b94", "#000000");

    private static final List<String> DASHES = List.of("", "7 3", "2 2", "9 3 2 3");
    private static final double OURS = 2.6;
    private static final double THEIRS = 1.5;

    /** The look of one of several lines in a chart. */
    static Stroke of(final String name, final int index) {
        return new Stroke(
                COLOURS.get(index % COLOURS.size()), DASHES.get(index % DASHES.size()), isOurs(name) ? OURS : THEIRS);
    }

    /** Whether this is Outrider itself. */
    static boolean isOurs(final String name) {
        return name.startsWith("outrider.");
    }
}
