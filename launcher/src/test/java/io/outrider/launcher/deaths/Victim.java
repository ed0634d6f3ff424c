package io.outrider.launcher.deaths;

import io.outrider.api.Blocking;

/** Lives in a worker that is about to die. */
interface Victim {
    long pid();

    int answer(int value);

    @Blocking
    int sleep(long ms);

    int sleepUnknown(long ms);

    @Blocking
    int spin();

    @Blocking
    int ignoreInterrupts();

    int take(byte[] bytes);

    void exit(int code);

    void halt(int code);

    void say(String line);

    /** The one implementation. */
    final class Real implements Victim {
        @Override
        public long pid() {
            return ProcessHandle.current().pid();
        }

        @Override
        public int answer(int value) {
            return value;
        }

        @Override
        public int sleep(long ms) {
            try {
                Thread.sleep(ms);
                return 0;
            } catch (InterruptedException interrupted) {
                return 1;
            }
        }

        @Override
        public int sleepUnknown(long ms) {
            return sleep(ms);
        }

        @Override
        public int spin() {
            long n = 0;
            while (n >= 0) {
                n = (n + 1) & Long.MAX_VALUE;
            }
            return (int) n;
        }

        @Override
        public int ignoreInterrupts() {
            while (true) {
                try {
                    Thread.sleep(1_000);
                } catch (InterruptedException ignored) {
                    Thread.yield();
                }
            }
        }

        @Override
        public int take(byte[] bytes) {
            return bytes.length;
        }

        @Override
        public void exit(int code) {
            System.exit(code);
        }

        @Override
        public void halt(int code) {
            Runtime.getRuntime().halt(code);
        }

        @Override
        public void say(String line) {
            System.err.println(line);
        }
    }
}
