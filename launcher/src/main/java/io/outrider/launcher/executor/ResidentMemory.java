package io.outrider.launcher.executor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory a process has, as Linux tells. */
final class ResidentMemory {
    private static final String LINE = "VmRSS:";
    private static final long KIB = 1024;

    private ResidentMemory() {}

    /** In bytes; 0 where nothing tells, or the process is gone. */
    static long of(final long pid) {
        try {
            for (final String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith(LINE)) {
                    return KIB
                            * Long.parseLong(line.substring(LINE.length(), line.lastIndexOf(' '))
                                    .trim());
                }
            }
        } catch (final IOException gone) {
            return 0;
        }
        return 0;
    }
}
