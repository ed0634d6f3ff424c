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
}
