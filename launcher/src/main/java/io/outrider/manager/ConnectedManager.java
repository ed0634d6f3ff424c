package io.outrider.manager;

/**
 * A manager of another process, as {@link Managers#connect} gives it. Safe from any thread. When the manager is closed or its
 * worker dies, each use of what it made fails with {@link io.outrider.error.ClosedException} or {@link
 * io.outrider.error.WorkerDiedException}.
 */
public interface ConnectedManager extends AutoCloseable {
    /**
     * What the manager's process has put there for others, and others for it: see {@link Manager#names()}.
     *
     * @return the same namespace every time
     */
    SharedNamespace names();

    /**
     * Gives the connection up. With the last one, and the last executor of this process, its links end, and what it then still
     * holds is released as if it had died. Idempotent.
     */
    @Override
    void close();
}
