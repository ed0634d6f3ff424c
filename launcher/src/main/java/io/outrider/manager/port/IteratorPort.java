package io.outrider.manager.port;

import io.outrider.api.Uninterruptible;
import org.jspecify.annotations.Nullable;

/** An iterator that runs in a worker. */
@Uninterruptible
public interface IteratorPort {
    /** Takes the next elements, at most so many; fewer at the end, and none after it. */
    @Nullable
    Object[] next(int max);
}
