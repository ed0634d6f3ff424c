package io.outrider.marshal.graph.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;

/** The order of access is found out with and without access to the field, and without touching the map. */
class AccessOrderTest {
    @Test
    void bothWaysAgree() {
        for (boolean byAccess : new boolean[] {true, false}) {
            LinkedHashMap<String, Integer> map = new LinkedHashMap<>(16, 0.75f, byAccess);
            map.put("a", 1);
            map.put("b", 2);
            assertEquals(byAccess, AccessOrder.observe(map));
            assertEquals(byAccess, AccessOrder.of(map));
            assertEquals("{a=1, b=2}", map.toString());
        }
    }
}
