package io.outrider.worker.host;

/** How far a call has come, which says whose fault a failure is. */
enum CallStage {
    /** Its arguments are being read. */
    ARGUMENTS,
    /** The user's method runs. */
    METHOD,
    /** What the method returned is being written. */
    RESULT
}
