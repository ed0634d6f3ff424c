package io.outrider.api;

import java.io.Serializable;

/** A task for a worker that gives no result: a {@link Runnable} that can be sent. Write it as a lambda; what it captures is copied. */
@FunctionalInterface
public interface RemoteRunnable extends Runnable, Serializable {}
