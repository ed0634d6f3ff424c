package io.outrider.perf.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
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
 * @param load the load average of the last minute, before the run; negative if the system does not say
 */
public record Machine(String jdk, String cpu, int cores, String system, double load) {
    private static final double BUSY = 0.5;

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
                        + System.getProperty("os.arch"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /**
     * Whether others were at work before the run began, so that its figures are theirs too.
     *
     * @return true if the machine was not idle
     */
    public boolean isBusy() {
        return load > BUSY;
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
