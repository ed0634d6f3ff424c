package io.outrider.perf.peer;

import io.outrider.perf.bench.CacheLine;
import io.outrider.perf.bench.EchoJvm;
import io.outrider.perf.bench.EchoPeer;
import io.outrider.perf.bench.Exchange;
import io.outrider.perf.bench.Rig;
import java.io.IOException;
import java.nio.file.Path;

/** The floor: one {@link CacheLine} that goes to the other JVM and comes back. */
public final class FloorCacheline implements EchoPeer {
    @Override
    public String name() {
        return "floor.cacheline";
    }

    @Override
    public void serve(final Path directory) throws IOException {
        final CacheLine line = CacheLine.open(directory);
        EchoThread.start(line::answer);
    }

    @Override
    public Exchange open(final Rig rig) throws IOException {
        final CacheLine line = CacheLine.open(rig.directory());
        return new Line(line, rig.echo(this));
    }

    private record Line(CacheLine line, EchoJvm echo) implements Exchange {
        @Override
        public double call(final int index, final double value) {
            return line.call(index, value);
        }

        @Override
        public long workerAllocatedBytes() throws IOException {
            return echo.allocatedBytes();
        }

        @Override
        public void close() {
            echo.close();
        }
    }
}
