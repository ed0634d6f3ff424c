package io.outrider.engine;

/** Takes a call that nobody waits for, once its outcome is here or it was failed. */
interface OutcomeSink {
    /**
     * For whoever polls or fails calls, who may hold the poll role: must not block, throw, or run code of the user's.
     *
     * @param call the sink's from now on, to be freed
     */
    void completed(PendingCall call);

    /** The outcome has come of a call that was given up, or none can come any more; as {@link #completed} for whoever polls. */
    default void dropped() {}
}
