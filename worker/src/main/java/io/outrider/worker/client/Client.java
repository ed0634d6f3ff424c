package io.outrider.worker.client;

/**
 * A process that calls this worker, for as long as its link lives: the same object in each of its calls. The worker itself, whose
 * code calls objects beside it by their stubs, is one as well, and is never lost. Compared by identity; safe from any thread.
 */
public final class Client {
    private final String name;
    private volatile boolean lost;

    /** @param name for messages */
    public Client(final String name) {
        this.name = name;
    }

    /**
     * Whether its process has died or has closed its link. A call of it may still be running then.
     *
     * @return true from before its listeners are told
     */
    public boolean isLost() {
        return lost;
    }

    void lose() {
        lost = true;
    }

    @Override
    public String toString() {
        return name;
    }
}
