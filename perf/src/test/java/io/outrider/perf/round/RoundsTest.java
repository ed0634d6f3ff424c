package io.outrider.perf.round;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One that fails costs the others nothing. */
@Timeout(30)
class RoundsTest {
    private int turns;

    @Test
    void theOthersGoOnAndWhatWasFoundBeforeIsKept() throws InterruptedException {
        final Rounds rounds = new Rounds(Plan.QUICK, 3, List.of(), new Progress(nowhere(), false, 9));
        final Map<String, List<Integer>> found = rounds.run(List.of("good", "late", "bad"), this::turn);
        assertEquals(List.of(1, 4, 6), found.get("good"));
        assertEquals(List.of(2), found.get("late"));
        assertEquals(List.of("good", "late"), List.copyOf(found.keySet()));
        assertEquals(
                List.of("bad in 1", "late in 2"),
                rounds.failures().stream()
                        .map(failure -> failure.name() + " in " + failure.round())
                        .toList());
    }

    private int turn(final String name) throws IOException {
        turns++;
        if ("bad".equals(name) || ("late".equals(name) && turns > 3)) {
            throw new IOException("no");
        }
        return turns;
    }

    private static PrintStream nowhere() {
        return new PrintStream(OutputStream.nullOutputStream());
    }
}
