package io.outrider.launcher.loans;

import io.outrider.api.ArenaUsage;
import io.outrider.api.Blocking;
import io.outrider.api.LoanArena;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Returns what it is given. */
interface Relay {
    byte[] bytes(byte[] values);

    boolean[] booleans(boolean[] values);

    char[] chars(char[] values);

    short[] shorts(short[] values);

    int[] ints(int[] values);

    float[] floats(float[] values);

    long[] longs(long[] values);

    double[] doubles(double[] values);

    ByteBuffer byteBuffer(ByteBuffer values);

    /** Keeps the object busy until another one is told to {@link #open}. */
    @Blocking
    boolean hold() throws InterruptedException;

    void open();

    ArenaUsage usage();

    /** One of those of a worker. */
    final class Working implements Relay {
        private static final Semaphore GATE = new Semaphore(0);

        @Override
        public byte[] bytes(byte[] values) {
            return values;
        }

        @Override
        public boolean[] booleans(boolean[] values) {
            return values;
        }

        @Override
        public char[] chars(char[] values) {
            return values;
        }

        @Override
        public short[] shorts(short[] values) {
            return values;
        }

        @Override
        public int[] ints(int[] values) {
            return values;
        }

        @Override
        public float[] floats(float[] values) {
            return values;
        }

        @Override
        public long[] longs(long[] values) {
            return values;
        }

        @Override
        public double[] doubles(double[] values) {
            return values;
        }

        @Override
        public ByteBuffer byteBuffer(ByteBuffer values) {
            return values;
        }

        @Override
        public boolean hold() throws InterruptedException {
            return GATE.tryAcquire(50, TimeUnit.SECONDS);
        }

        @Override
        public void open() {
            GATE.release();
        }

        @Override
        public ArenaUsage usage() {
            return LoanArena.current().usage();
        }
    }
}
