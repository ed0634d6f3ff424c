package io.outrider.api;

/** Takes the outcomes of the calls of a {@link CallPipeline}, on the pipeline's own thread. */
@FunctionalInterface
public interface OutcomeHandler {
    /**
     * Takes one outcome. May make further calls on the pipeline's stub only through {@link CallPipeline#call}. What it throws
     * comes out of the pipeline's method that ran it.
     *
     * @param tag as given to {@link CallPipeline#call}
     * @param outcome valid only during this call
     */
    void onOutcome(long tag, Outcome outcome);
}
