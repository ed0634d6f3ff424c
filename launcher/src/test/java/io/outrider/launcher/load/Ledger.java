package io.outrider.launcher.load;

import io.outrider.api.Blocking;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Knows what it was asked, in which order, and how many were inside at once. */
interface Ledger {
    /** Mixes its own number and the caller's; refuses a call that is out of order. */
    long entry(int thread, long number);

    byte[] entry(int thread, long number, byte[] payload);

    byte[] bytes(byte[] payload);

    int mostAtOnce();

    long calls();

    /** Waits without being known to. */
    int slow(int ms, int value);

    @Blocking
    int blocking(int ms, int value);

    /** Waits until {@link #release} of any ledger in this JVM, known to block. */
    @Blocking
    int untilReleased(int value);

    int untilReleasedUnknown(int value);

    void release();

    /** Whether anybody waits until {@link #release}. */
    boolean isWaitedFor();

    int meet(int parties);

    long allocatedBytes();

    double primitive(int value);

    /** How many threads it expects at most. */
    int THREADS = 16;

    /** The one implementation; fails when calls overlap or are out of order. */
    final class Checking implements Ledger {
        private static final java.util.concurrent.Semaphore RELEASED = new java.util.concurrent.Semaphore(0);

        private final int name;
        private final long[] last = new long[THREADS];
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final CountDownLatch meeting;
        private long calls;

        Checking(int name) {
            this(name, 1);
        }

        Checking(int name, int parties) {
            this.name = name;
            this.meeting = new CountDownLatch(parties);
        }

        private void enter() {
            int now = inside.incrementAndGet();
            if (now > most.get()) {
                most.set(now);
            }
            calls++;
        }

        private void leave() {
            inside.decrementAndGet();
        }

        @Override
        public long entry(int thread, long number) {
            enter();
            try {
                if (number <= last[thread]) {
                    throw new IllegalStateException("thread " + thread + " sent " + number + " after " + last[thread]);
                }
                last[thread] = number;
                return mix(name, thread, number);
            } finally {
                leave();
            }
        }

        @Override
        public byte[] entry(int thread, long number, byte[] payload) {
            long mixed = entry(thread, number);
            payload[0] = (byte) mixed;
            return payload;
        }

        @Override
        public byte[] bytes(byte[] payload) {
            return payload;
        }

        @Override
        public int mostAtOnce() {
            return most.get();
        }

        @Override
        public long calls() {
            return calls;
        }

        @Override
        public int slow(int ms, int value) {
            enter();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
            while (System.nanoTime() - end < 0) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
            leave();
            return value;
        }

        @Override
        public int blocking(int ms, int value) {
            return slow(ms, value);
        }

        @Override
        public int untilReleased(int value) {
            enter();
            RELEASED.acquireUninterruptibly();
            leave();
            return value;
        }

        @Override
        public int untilReleasedUnknown(int value) {
            return untilReleased(value);
        }

        @Override
        public void release() {
            RELEASED.release();
        }

        @Override
        public boolean isWaitedFor() {
            return RELEASED.hasQueuedThreads();
        }

        @Override
        public int meet(int parties) {
            enter();
            try {
                meeting.countDown();
                if (!meeting.await(20, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("only " + inside.get() + " came");
                }
                return inside.get();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            } finally {
                leave();
            }
        }

        @Override
        public long allocatedBytes() {
            return AllocatedBytes.ofCurrentThread();
        }

        @Override
        public double primitive(int value) {
            return value * 0.5;
        }
    }

    static long mix(int name, int thread, long number) {
        return number * 31 + thread * 1_000_003L + name * 7_777_777L;
    }
}
