package io.outrider.launcher.service;

import io.outrider.api.RemoteCallable;
import org.jspecify.annotations.Nullable;

/**
 * A method that runs on a copy of its instance, in a worker. Gives what it returned and, if that is wanted, the instance as it left it.
 *
 * @param instance whose method it is
 * @param method its name
 * @param arguments of the method
 * @param wantsState whether the instance is to come back
 */
@SuppressWarnings("ArrayRecordComponent") // sent, and compared by nobody
record MethodTask(Object instance, String method, @Nullable Object[] arguments, boolean wantsState)
        implements RemoteCallable<@Nullable Object[]> {
    @Override
    public Object origin() {
        return instance;
    }

    @Override
    public @Nullable Object[] call() throws Exception {
        final Object value = Methods.invoke(Methods.find(instance.getClass(), method, arguments), instance, arguments);
        return new @Nullable Object[] {value, wantsState ? instance : null};
    }
}
