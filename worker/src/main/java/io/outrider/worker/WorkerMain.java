package io.outrider.worker;

import java.io.InputStream;
import java.nio.file.Path;

/**
 * The main class of a worker process. Started by the launcher, which gives it its directory, its id, its incarnation and its
 * transport as arguments and a token on stdin; of no use to anybody else.
 */
public final class WorkerMain {
    private static final int ARGUMENTS = 4;

    private WorkerMain() {}

    /**
     * Runs the worker and exits.
     *
     * @param args directory, worker id, incarnation, transport
     */
    public static void main(final String[] args) {
        run(args, new StandardKit());
    }

    /**
     * Runs a worker with other layers above the control link, and exits. Does not return.
     *
     * @param args directory, worker id, incarnation, transport
     * @param kit the layers
     */
    public static void run(final String[] args, final WorkerKit kit) {
        if (args.length != ARGUMENTS) {
            WorkerExit.say("outrider: this is the main class of a worker process, which a launcher starts by itself");
            System.exit(WorkerExit.USAGE);
        }
        final InputStream stdin = System.in;
        // The stream is the launcher's; user code that reads finds an end at once instead of waiting for ever.
        System.setIn(InputStream.nullInputStream());
        int code = WorkerExit.INTERNAL_ERROR;
        prepare(kit);
        try {
            final WorkerSession session = new WorkerSession(
                    Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]), args[3], kit);
            code = session.run(stdin);
        } catch (final Throwable e) {
            WorkerExit.internalError("the control link", e);
        }
        System.exit(code);
    }

    /** Before all else, since this and what the session does take about as long. */
    private static void prepare(final WorkerKit kit) {
        final Thread thread = new Thread(kit::prepare, "outrider-prepare");
        thread.setDaemon(true);
        thread.start();
    }
}
