package io.outrider.manager.proxy;

import io.outrider.api.RemoteCallable;
import io.outrider.api.function.RemoteFunction;
import io.outrider.error.OutriderException;
import io.outrider.error.RemoteCallException;
import io.outrider.manager.SharedPool;
import io.outrider.manager.port.PoolPort;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** A pool. */
@SuppressWarnings("unchecked") // a task returns what its type says
final class PoolProxy extends Proxy<PoolPort> implements SharedPool {
    private static final long serialVersionUID = 1L;

    PoolProxy(final PoolPort port) {
        super(port);
    }

    @Override
    public <R extends @Nullable Object> CompletableFuture<R> submit(final RemoteCallable<R> task) {
        return (CompletableFuture<R>) port.submit(task);
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> List<R> map(
            final RemoteFunction<? super T, ? extends R> function, final Collection<? extends T> items)
            throws InterruptedException {
        try {
            return this.<T, R>mapAsync(function, items).get();
        } catch (final ExecutionException failed) {
            if (failed.getCause() instanceof RemoteCallException remote) {
                throw Thrown.in(remote);
            }
            throw failed.getCause() instanceof OutriderException failure ? failure : new IllegalStateException(failed);
        }
    }

    @Override
    public <T extends @Nullable Object, R extends @Nullable Object> CompletableFuture<List<R>> mapAsync(
            final RemoteFunction<? super T, ? extends R> function, final Collection<? extends T> items) {
        return port.map((RemoteFunction<@Nullable Object, @Nullable Object>) function, items.toArray())
                .thenApply(results -> (List<R>) new ArrayList<>(Arrays.asList(results)));
    }
}
