package io.outrider.perf.probe.cost;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux says of a process. */
final class ProcFs {
    /** As {@code getconf CLK_TCK} says on every Linux of today. */
    private static final double TICKS_PER_SECOND = 100;

    private static final double KIB_PER_MIB = 1024;

    /** Where the fields after the name in parentheses begin to count: that name is the second, the state the third. */
    private static final int FIRST_AFTER_NAME = 3;

    private static final int UTIME = 14;
    private static final int STIME = 15;

    private ProcFs() {}

    /** Processor time that a process has used, in user and kernel mode, in seconds. */
    static double cpuSeconds(final long pid) throws IOException {
        final String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        final List<String> fields =
                List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
        return (ticks(fields, UTIME) + ticks(fields, STIME)) / TICKS_PER_SECOND;
    }

    private static long ticks(final List<String> fields, final int number) {
        return Long.parseLong(fields.get(number - FIRST_AFTER_NAME));
    }

    /** Memory of a process that is resident, in MiB. */
    static double residentMib(final long pid) throws IOException {
        return mib(Path.of("/proc", Long.toString(pid), "status"), "VmRSS:");
    }

    /** The same with what is shared divided by those who share it, in MiB. */
    static double proportionalMib(final long pid) throws IOException {
        return mib(Path.of("/proc", Long.toString(pid), "smaps_rollup"), "Pss:");
    }

    private static double mib(final Path file, final String field) throws IOException {
        return Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith(field))
                        .mapToDouble(line -> Double.parseDouble(
                                line.substring(field.length()).replace("kB", "").strip()))
                        .findFirst()
                        .orElseThrow(() -> new IOException(file + " has no " + field))
                / KIB_PER_MIB;
    }
}
