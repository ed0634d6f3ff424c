package io.outrider.perf.peer;

/** Runs the loop of a far side for as long as its JVM lives. */
final class EchoThread {
    private EchoThread() {}

    /** What a far side does again and again. */
    interface Loop {
        void run() throws Exception;
    }

    static void start(final Loop loop) {
        final Thread thread = new Thread(() -> forEver(loop), "echo");
        thread.setDaemon(true);
        thread.start();
    }

    private static void forEver(final Loop loop) {
        try {
            loop.run();
        } catch (final Throwable failure) {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }
}
