package io.outrider.launcher.process;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last lines of a stream. Safe from any thread; never blocks for long. */
final class LineTail {
    private static final int MAX_LINES = 40;

    private final Deque<String> lines = new ArrayDeque<>(MAX_LINES);

    synchronized void add(final String line) {
        if (lines.size() == MAX_LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    synchronized List<String> lines() {
        return new ArrayList<>(lines);
    }
}
