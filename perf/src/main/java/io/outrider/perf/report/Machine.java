package io.outrider.perf.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where a run took place.
 *
 * @param jdk name and version
 * @param cpu the processor's model
 * @param cores that this process may use
 * @param system kernel and architecture
 */
public record Machine(String jdk, String cpu, int cores, String system) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /**
     * This one.
     *
     * @return as seen now
     */
    public static Machine here() {
        return new Machine(
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                model(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
    }

    private static String model() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            final List<String> words = List.of("model name", "hardware", "cpu part");
            return lines.filter(line -> words.stream().anyMatch(line.toLowerCase(Locale.ROOT)::startsWith))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (final IOException e) {
            return "unknown";
        }
    }
}
