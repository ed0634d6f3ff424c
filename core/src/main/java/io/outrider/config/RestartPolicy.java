package io.outrider.config;

/** What follows when a worker dies. Its calls fail in any case, unless they may run twice. */
public enum RestartPolicy {
    /** It is not replaced. */
    FAIL,
    /** A new process takes its place; its objects are lost. */
    RESTART,
    /**
     * A new process takes its place, and the objects that it held are made again there, by the factory or constructor that made them first: what
     * they had become since then is lost, and their handles and stubs go on. Each call costs an allocation more.
     */
    RESTART_AND_RECREATE
}
