package io.outrider.launcher.feeds;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a thread has allocated since it began. */
final class AllocatedBytes {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocatedBytes() {}

    static long ofCurrentThread() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }
}
