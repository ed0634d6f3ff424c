package io.outrider.launcher.service;

import io.outrider.api.RemoteCallable;
import io.outrider.api.function.RemoteFunction;
import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Applies a function to some items, in a worker, up to the first that fails.
 *
 * @param function to apply
 * @param items to apply it to
 */
@SuppressWarnings("ArrayRecordComponent") // sent, and compared by nobody
record ChunkTask(
        RemoteFunction<Object, Object> function, @Nullable Object[] items)
        implements RemoteCallable<ChunkTask.Results> {
    /**
     * What came of the items.
     *
     * @param values of those before the one that failed
     * @param failure what the function threw, or null
     */
    @SuppressWarnings("ArrayRecordComponent") // as above
    record Results(@Nullable Object[] values, @Nullable Throwable failure) implements Serializable {}

    @Override
    public Object origin() {
        return function;
    }

    @Override
    public Results call() throws Exception {
        final @Nullable Object[] values = new @Nullable Object[items.length];
        for (int i = 0; i < items.length; i++) {
            try {
                values[i] = function.apply(items[i]);
            } catch (final Throwable thrown) { // the function's own, told with the results before it, if there are any
                if (i == 0) {
                    throw thrown;
                }
                return new Results(Arrays.copyOf(values, i), thrown);
            }
        }
        return new Results(values, null);
    }
}
