package io.outrider.launcher.process;

import io.outrider.protocol.control.ControlMessage.Limits;
import io.outrider.protocol.control.ControlMessage.Vocabulary;
import io.outrider.protocol.control.Doorbell;
import io.outrider.protocol.control.DoorbellHub;
import io.outrider.transport.Link;
import io.outrider.worker.ClientLoss;
import io.outrider.worker.Host;
import io.outrider.worker.WorkerKit;
import io.outrider.worker.WorkerMain;
import io.outrider.worker.host.WorkerIdentity;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Main classes of worker processes that behave in some way or other. */
final class TestWorkers {
    private TestWorkers() {}

    /** Ends before it says anything. */
    static final class ExitsAtOnce {
        private ExitsAtOnce() {}

        public static void main(final String[] args) {
            System.err.println("a last word");
            System.exit(7);
        }
    }

    /** Runs, but never connects. */
    static final class NeverConnects {
        private NeverConnects() {}

        public static void main(final String[] args) throws Exception {
            System.err.println("thinking");
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    /** Busy in a loop that no interrupt ends, and with a shutdown hook that hangs. */
    static final class Busy {
        private Busy() {}

        public static void main(final String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                while (true) {
                    LockSupport.park();
                }
            }));
            WorkerMain.run(args, new OneCall(Busy::spin));
        }

        private static void spin() {
            long sum = 0;
            while (sum >= 0) {
                // A counted loop: compiled without safepoints unless the JVM is told otherwise.
                for (int i = 0; i < Integer.MAX_VALUE; i++) {
                    sum ^= i * 31L & 0xffff;
                }
            }
        }
    }

    /** Asleep in a call, which an interrupt ends. */
    static final class Asleep {
        private Asleep() {}

        public static void main(final String[] args) {
            WorkerMain.run(args, new OneCall(() -> {
                try {
                    Thread.sleep(Long.MAX_VALUE);
                } catch (final InterruptedException e) {
                    System.err.println("the call was interrupted");
                }
            }));
        }
    }

    /** Tells on stdout what it finds in System.in, then goes on as a worker. */
    static final class ReadsStdin {
        private ReadsStdin() {}

        public static void main(final String[] args) {
            WorkerMain.run(args, new OneCall(() -> {
                try {
                    System.err.println("stdin says " + System.in.read());
                } catch (final java.io.IOException e) {
                    System.err.println("stdin fails");
                }
            }));
        }
    }

    /** Asked to end, prints a line that is too long, and one without an end, in letters that are not ASCII, and exits. */
    static final class Talks {
        private Talks() {}

        public static void main(final String[] args) {
            WorkerMain.run(args, new OneCall(() -> {}) {
                @Override
                public boolean drain(final Duration timeout) {
                    for (int i = 0; i < 50; i++) {
                        System.err.println("line " + i);
                    }
                    System.err.println("x".repeat(10_000));
                    System.err.print("gr\u00fc\u00dfe");
                    System.err.flush();
                    Runtime.getRuntime().halt(3);
                    return true;
                }
            });
        }
    }

    /** Ignores SIGTERM for ever once it is draining. */
    static final class NeverDrains {
        private NeverDrains() {}

        public static void main(final String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> LockSupport.park(args)));
            WorkerMain.run(args, new OneCall(() -> {}) {
                @Override
                public boolean drain(final Duration timeout) {
                    while (true) {
                        LockSupport.park();
                    }
                }
            });
        }
    }

    /** A kit and host that runs one thing from the start, as if it were a call. */
    private static class OneCall implements WorkerKit, Host {
        private final Thread thread;

        OneCall(final Runnable call) {
            thread = new Thread(call, "the-call");
            thread.setDaemon(true);
        }

        @Override
        public void agree(final Vocabulary vocabulary) {}

        @Override
        public void initialize(final int workerId, final ByteBuffer initializer) {}

        @Override
        public Host open(
                final WorkerIdentity identity,
                final Link link,
                final DoorbellHub hub,
                final Doorbell clientBell,
                final Limits limits) {
            return this;
        }

        @Override
        public ByteBuffer encode(final Throwable failure) {
            return ByteBuffer.allocate(0);
        }

        @Override
        public void start() {
            thread.start();
        }

        @Override
        public void countRefusedClients(final LongSupplier refused) {}

        @Override
        public AutoCloseable attach(final int number, final Link link, final Doorbell bell, final ClientLoss loss) {
            throw new UnsupportedOperationException("nobody attaches here");
        }

        @Override
        public boolean drain(final Duration timeout) {
            return !thread.isAlive();
        }

        @Override
        public int running() {
            return thread.isAlive() ? 1 : 0;
        }

        @Override
        public void interruptAll() {
            thread.interrupt();
        }

        @Override
        public void close() {}
    }
}
