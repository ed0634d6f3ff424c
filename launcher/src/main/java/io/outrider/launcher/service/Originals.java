package io.outrider.launcher.service;

import io.outrider.error.RemoteCallException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What code threw, wherever it ran, under the type that it was thrown with. Stateless. */
final class Originals {
    private Originals() {}

    /** The throwable itself where it can be had, with the remote failure among its suppressed ones; else the remote failure. */
    static Throwable of(final Throwable failure) {
        final Throwable cause = failure.getCause();
        if ((failure instanceof CompletionException || failure instanceof ExecutionException) && cause != null) {
            return of(cause);
        }
        if (failure instanceof RemoteCallException && cause != null) {
            if (!List.of(cause.getSuppressed()).contains(failure)) { // however often somebody looks
                cause.addSuppressed(failure);
            }
            return cause;
        }
        return failure;
    }

    /** Throws unchecked what is, and wraps what is not. */
    static RuntimeException unchecked(final Throwable failure) {
        final Throwable original = of(failure);
        if (original instanceof Error error) {
            throw error;
        }
        return original instanceof RuntimeException exception ? exception : new CompletionException(original);
    }
}
