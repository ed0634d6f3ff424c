package io.outrider.perf.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A single figure that a probe found in one round; crosses from the probe's JVM as a line of a text file.
 *
 * @param name of what was measured
 * @param unit of the value
 * @param value found
 */
public record Figure(String name, String unit, double value) {
    private static final String SEPARATOR = "\t";

    /**
     * Writes figures.
     *
     * @param figures to write
     * @param file to write them to
     * @throws IOException if that fails
     */
    public static void writeAll(final List<Figure> figures, final Path file) throws IOException {
        Files.write(
                file,
                figures.stream()
                        .map(figure -> String.join(SEPARATOR, figure.name, figure.unit, Double.toString(figure.value)))
                        .toList());
    }

    /**
     * Reads figures.
     *
     * @param file that was written
     * @return the figures
     * @throws IOException if that fails
     */
    public static List<Figure> readAll(final Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> List.of(line.split(SEPARATOR, -1)))
                .map(words -> new Figure(words.get(0), words.get(1), Double.parseDouble(words.get(2))))
                .toList();
    }
}
