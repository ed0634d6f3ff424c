package io.outrider.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.perf.bench.Contenders;
import io.outrider.perf.bench.Probe;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures are compared by name over the years: what a command measures keeps its name. */
class NamesTest {
    private static List<String> of(final Probe.Group group) {
        return Probe.all().stream()
                .filter(probe -> probe.group() == group)
                .map(Probe::name)
                .toList();
    }

    private static void assertHas(final Probe.Group group, final String... names) {
        assertTrue(of(group).containsAll(List.of(names)), () -> group + " has " + of(group));
    }

    @Test
    void ofStreams() {
        assertHas(
                Probe.Group.STREAM,
                "outrider.ring.stream.long",
                "outrider.ring.stream.record",
                "outrider.ring.stream.first",
                "outrider.queue.stream.long",
                "outrider.queue.stream.record",
                "agrona.ring.messages8",
                "grpc.loopback.stream",
                "chronicle.queue.messages64");
    }

    @Test
    void ofBuffers() {
        assertHas(Probe.Group.BUFFER, "outrider.ring.loan.touched", "floor.memory.handover");
    }

    @Test
    void ofFeeds() {
        assertHas(Probe.Group.FEED, "outrider.ring.feed.1", "outrider.ring.feed.3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "outrider.ring.call.primitive",
                "outrider.ring.loan.1MiB",
                "outrider.ring.loan.4KiB",
                "chronicle.queue.64KiB"
            })
    void ofContenders(final String name) {
        assertEquals(name, Contenders.named(name).name());
    }
}
