package io.outrider.manager.proxy;

import io.outrider.error.RemoteCallException;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Lets what was thrown in the worker be thrown here as what it is, since the interfaces of the JDK promise that. */
final class Thrown {
    private Thrown() {}

    /** Makes a call. */
    static <R> R by(final Supplier<R> call) {
        try {
            return call.get();
        } catch (final RemoteCallException failure) {
            throw in(failure);
        }
    }

    /** Makes a call without a result. */
    static void by(final Runnable call) {
        try {
            call.run();
        } catch (final RemoteCallException failure) {
            throw in(failure);
        }
    }

    /**
     * The exception to throw: the worker's, with the frames of both sides, if it is here and may be thrown anywhere.
     */
    static RuntimeException in(final RemoteCallException failure) {
        final Throwable original = failure.getCause();
        if (original instanceof Error || original instanceof RuntimeException) {
            original.setStackTrace(
                    Stream.concat(Arrays.stream(original.getStackTrace()), Arrays.stream(failure.getStackTrace()))
                            .toArray(StackTraceElement[]::new));
            if (original instanceof Error error) {
                throw error;
            }
            return (RuntimeException) original;
        }
        return failure;
    }
}
