package io.outrider.perf.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Writes a report as one JSON object. */
public final class JsonReport {
    /** The version of the layout. */
    public static final String SCHEMA = "outrider-perf/1";

    private static final int DECIMALS = 3;

    private JsonReport() {}

    /**
     * Writes it.
     *
     * @param report what was found
     * @return the text
     */
    public static String of(final Report report) {
        final StringJoiner results = new StringJoiner(",\n    ", "[\n    ", "\n  ]");
        report.results().forEach(result -> results.add(one(result)));
        final StringJoiner members = new StringJoiner(",\n  ", "{\n  ", "\n}\n");
        members.add(member("schema", SCHEMA));
        members.add(member("command", report.command()));
        members.add(member("at", report.at().toString()));
        members.add(member("jdk", report.machine().jdk()));
        members.add(member("cpu", report.machine().cpu()));
        members.add("\"cores\": " + report.machine().cores());
        members.add(member("system", report.machine().system()));
        members.add("\"load\": " + number(report.machine().load()));
        members.add("\"quick\": " + report.quick());
        members.add("\"shortened\": " + report.shortened());
        members.add("\"rounds\": " + report.rounds());
        members.add("\"failed\": "
                + report.failures().stream()
                        .map(failure -> quoted(failure.name()))
                        .collect(Collectors.joining(", ", "[", "]")));
        members.add("\"results\": " + results);
        return members.toString();
    }

    private static String one(final Result result) {
        final StringJoiner members = new StringJoiner(", ", "{", "}");
        members.add(member("name", result.name()));
        members.add(member("unit", result.unit()));
        result.figures().forEach((name, value) -> members.add(quoted(name) + ": " + number(value)));
        return members.toString();
    }

    private static String number(final Number value) {
        return new BigDecimal(value.toString())
                .setScale(DECIMALS, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String member(final String name, final String value) {
        return quoted(name) + ": " + quoted(value);
    }

    private static String quoted(final String text) {
        final StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.append((char) c);
            }
        });
        return quoted.append('"').toString();
    }
}
