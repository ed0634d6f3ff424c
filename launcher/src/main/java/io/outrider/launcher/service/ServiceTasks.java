package io.outrider.launcher.service;

import io.outrider.api.RemoteCallable;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tasks of the JDK's types as tasks that can be sent. What they wrap is checked when it is sent. Stateless. */
final class ServiceTasks {
    private ServiceTasks() {}

    private record Calling<R>(Callable<R> callable) implements RemoteCallable<R> {
        @Override
        public Object origin() {
            return callable;
        }

        @Override
        public R call() throws Exception {
            return callable.call();
        }
    }

    private record Running(Runnable runnable) implements RemoteCallable<@Nullable Object> {
        @Override
        public Object origin() {
            return runnable;
        }

        @Override
        public @Nullable Object call() {
            runnable.run();
            return null;
        }
    }

    /** What a future of the JDK has to compute: a supplier. */
    record Supplying(Supplier<?> supplier) implements RemoteCallable<@Nullable Object> {
        @Override
        public Object origin() {
            return supplier;
        }

        @Override
        public @Nullable Object call() {
            return supplier.get();
        }
    }

    static <R> RemoteCallable<R> of(final Callable<R> task) {
        return task instanceof RemoteCallable<R> sendable ? sendable : new Calling<>(task);
    }

    static RemoteCallable<@Nullable Object> of(final Runnable task) {
        return new Running(task);
    }
}
