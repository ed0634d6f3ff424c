package io.outrider.perf.report;

import java.util.Map;

/** One line of a report. */
public interface Result {
    /**
     * What was measured.
     *
     * @return unique within a report
     */
    String name();

    /**
     * What the figures are in.
     *
     * @return such as {@code ns}
     */
    String unit();

    /**
     * The figures.
     *
     * @return by name, in the order of the schema
     */
    Map<String, Number> figures();

    /**
     * One of the figures.
     *
     * @param name of the figure
     * @return its value
     */
    default double figure(final String name) {
        final Number figure = figures().get(name);
        if (figure == null) {
            throw new IllegalArgumentException(name() + " has no figure " + name);
        }
        return figure.doubleValue();
    }
}
