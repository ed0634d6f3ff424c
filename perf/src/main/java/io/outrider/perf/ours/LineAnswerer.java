package io.outrider.perf.ours;

import io.outrider.api.Blocking;
import java.io.IOException;

/** Answers a bare cache line from within a worker. */
public interface LineAnswerer {
    /**
     * Answers until the line is ended, on a thread that does not lead.
     *
     * @param directory of the line
     * @throws IOException if it can't be mapped
     */
    @Blocking
    void answer(String directory) throws IOException;
}
