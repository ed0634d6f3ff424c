package io.outrider.perf.part;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.outrider.perf.bench.Figure;
import io.outrider.perf.report.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rungs are compared between pairs of processes whose cache lines were as fast. */
@Timeout(30)
class LadderTest {
    @Test
    void fastPairsAndSlowOnesAreComparedApart() {
        Map<String, List<List<Figure>>> found = new LinkedHashMap<>();
        found.put("outrider.ring.slot.echo", List.of(pair(130, 160, 134), pair(300, 500, 310), pair(130, 999, 300)));
        found.put("outrider.ring.call.primitive", List.of(pair(132, 240, 132), pair(320, 560, 300)));
        Map<String, Double> climbed = new TreeMap<>();
        for (Result result : Ladder.climbed(found)) {
            climbed.put(result.name(), result.figure("value"));
        }
        assertEquals(
                new TreeMap<>(Map.of(
                        "fast.direct.1.cache_line", 132.0,
                        "fast.direct.2.headers_and_slot", 28.0,
                        "fast.direct.3.stub_engine_and_dispatch", 80.0,
                        "fast.direct.all", 240.0,
                        "slow.direct.1.cache_line", 307.5,
                        "slow.direct.2.headers_and_slot", 192.5,
                        "slow.direct.3.stub_engine_and_dispatch", 60.0,
                        "slow.direct.all", 560.0)),
                climbed);
    }

    private static List<Figure> pair(double before, double call, double after) {
        return List.of(
                new Figure("before", "ns", before), new Figure("call", "ns", call), new Figure("after", "ns", after));
    }
}
