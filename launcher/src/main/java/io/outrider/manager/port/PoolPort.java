package io.outrider.manager.port;

import io.outrider.api.RemoteCallable;
import io.outrider.api.Uninterruptible;
import io.outrider.api.function.RemoteFunction;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Threads in a worker that run tasks. */
@Uninterruptible
public interface PoolPort {
    /** Runs a task. */
    CompletableFuture<@Nullable Object> submit(RemoteCallable<? extends @Nullable Object> task);

    /** Applies a function to each item, side by side; gives the results in order, or fails as the first that failed. */
    CompletableFuture<@Nullable Object[]> map(
            RemoteFunction<@Nullable Object, @Nullable Object> function, @Nullable Object[] items);
}
