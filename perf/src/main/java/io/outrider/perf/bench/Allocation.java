package io.outrider.perf.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What the threads of this JVM have allocated, in bytes; those that have ended count no more. */
public final class Allocation {
    private Allocation() {}

    /**
     * Of all live threads.
     *
     * @return bytes
     */
    public static long ofAllThreads() {
        return sum(-1);
    }

    /**
     * Of all live threads but the calling one.
     *
     * @return bytes
     */
    public static long ofOtherThreads() {
        return sum(Thread.currentThread().getId());
    }

    private static long sum(final long except) {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long[] ids = threads.getAllThreadIds();
        final long[] bytes = threads.getThreadAllocatedBytes(ids);
        long sum = 0;
        for (int i = 0; i < ids.length; i++) {
            sum += ids[i] == except ? 0 : Math.max(0, bytes[i]);
        }
        return sum;
    }
}
