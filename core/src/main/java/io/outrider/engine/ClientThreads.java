package io.outrider.engine;

import java.util.concurrent.Executor;

/**
 * Where a client has code of the user's run.
 *
 * @param completion completes futures and runs the signals of subscribers
 * @param production runs what callers passed as arguments and workers pull, and may be kept for as long as that takes
 */
public record ClientThreads(Executor completion, Executor production) {}
