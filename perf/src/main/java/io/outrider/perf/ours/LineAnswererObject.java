package io.outrider.perf.ours;

import io.outrider.perf.bench.CacheLine;
import java.io.IOException;
import java.nio.file.Path;

/** The object in the worker. */
public final class LineAnswererObject implements LineAnswerer {
    @Override
    public void answer(final String directory) throws IOException {
        CacheLine.open(Path.of(directory)).answer();
    }
}
