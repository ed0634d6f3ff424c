package io.outrider.worker.host;

/**
 * Names a call among those of all clients, each of which counts by itself.
 *
 * @param client the number of its {@link ClientLink}
 * @param correlationId as that client chose it
 */
record CallKey(int client, long correlationId) {}
