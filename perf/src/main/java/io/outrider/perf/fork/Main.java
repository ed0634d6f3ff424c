package io.outrider.perf.fork;

/** What every forked main does: it ends when it is done, whatever threads a peer has left, and at once when it fails. */
public final class Main {
    private Main() {}

    /** The work of a main method. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does it.
         *
         * @throws Exception if it fails
         */
        void run() throws Exception;
    }

    /**
     * Does the work and ends this JVM, with 0 or, after a failure, with 1; also when whoever started it is gone.
     *
     * @param work of the main method
     */
    public static void run(final Work work) {
        EndOfInput.haltsThisJvm();
        int status = 0;
        try {
            work.run();
        } catch (final Exception | Error failure) {
            failure.printStackTrace();
            status = 1;
        }
        System.exit(status);
    }
}
