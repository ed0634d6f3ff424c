package io.outrider.error;

/**
 * The worker process ended before the outcome of a call arrived; the method may have run. {@link #report()} has its id,
 * pid, exit code or signal, uptime, last call and the tail of its stderr. Each failed call has its own instance.
 */
public final class WorkerDiedException extends OutriderException {
    private static final long serialVersionUID = 1L;

    private final DeathReport report;

    /** @param report what is known of the worker's end */
    public WorkerDiedException(final DeathReport report) {
        super(ErrorCode.WORKER_DIED, report.toString(), null);
        this.report = report;
    }

    /**
     * What is known of the worker's end.
     *
     * @return the report
     */
    public DeathReport report() {
        return report;
    }
}
