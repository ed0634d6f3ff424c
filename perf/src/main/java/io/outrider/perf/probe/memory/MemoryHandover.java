package io.outrider.perf.probe.memory;

import io.outrider.perf.bench.EchoJvm;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Frames;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.peer.FloorMemory;
import java.io.IOException;
import java.util.List;

/** The floor of {@link LoansTouched}: two frames in one mapped file, and a word for each that says whose it is. */
record MemoryHandover() implements Probe {
    @Override
    public String name() {
        return FloorMemory.NAME;
    }

    @Override
    public Group group() {
        return Group.BUFFER;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) throws IOException {
        final FloorMemory memory = new FloorMemory();
        final FloorMemory.Side side = memory.side(rig.directory());
        final EchoJvm far = rig.echo(memory);
        try {
            return List.of(MemoryProbes.rate(name(), quick, number -> side.send(number, Frames::require)));
        } finally {
            far.close();
        }
    }
}
