package io.outrider.launcher.load;

import org.agrona.DirectBuffer;

/** What is called by several processes. */
interface Crowd {
    int plus(int a, int b);

    int length(byte[] value);

    byte[] make(int bytes);

    /** Reads the length from a buffer. */
    byte[] makeAs(DirectBuffer length);

    /** How many threads of the worker have run calls, or wait to. */
    int threads();

    /** Works. */
    final class Real implements Crowd {
        @Override
        public int plus(int a, int b) {
            return a + b;
        }

        @Override
        public int length(byte[] value) {
            return value.length;
        }

        @Override
        public byte[] make(int bytes) {
            return new byte[bytes];
        }

        @Override
        public byte[] makeAs(DirectBuffer length) {
            return new byte[length.getInt(0)];
        }

        @Override
        public int threads() {
            return (int) Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("outrider-call-"))
                    .count();
        }
    }
}
