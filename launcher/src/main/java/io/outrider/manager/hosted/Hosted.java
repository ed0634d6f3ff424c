package io.outrider.manager.hosted;

import io.outrider.error.ClosedException;
import io.outrider.manager.port.WaitPort;
import io.outrider.worker.client.CallContext;
import io.outrider.worker.client.Client;
import io.outrider.worker.client.Clients;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An object that callers wait for. Its state is guarded by its monitor, which is held for a moment only: who waits is
 * kept as a {@link Waiter}, and futures are completed after the monitor was left, since that sends replies. When a
 * client is lost, what it held is taken back and its waits end.
 *
 * <p>Each change of state has this form: {@code synchronized (this) { ... settle(waiter, outcome) ... } answer();}
 */
abstract class Hosted implements WaitPort, AutoCloseable {
    /** Why a wait ends that did not get what it waited for. */
    enum Leaving {
        LATE,
        CANCELLED,
        LOST
    }

    private final Clients clients;
    private final Consumer<Client> lossListener = this::lost;
    private final Set<Waiter<?>> waiting = new LinkedHashSet<>(); // guarded by this
    private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();
    private boolean closed; // guarded by this

    /** Made by the call that the thread runs. */
    Hosted() {
        clients = CallContext.current().clients();
        clients.onLost(lossListener);
    }

    /**
     * Who calls. A lost client can't take anything any more, even if its last call runs only now: nobody would take it
     * back.
     */
    static Client caller() {
        final Client client = CallContext.current().client();
        if (client.isLost()) {
            throw new ClosedException(client + " is gone");
        }
        return client;
    }

    /**
     * For subclasses, with the monitor: a waiter leaves without what it waited for; takes it out of where the subclass
     * keeps it.
     */
    abstract void leave(Waiter<?> waiter, Leaving why);

    /** For subclasses, with the monitor: takes back what a lost client held. Its waiters have left. */
    abstract void release(Client client);

    /** With the monitor: lets somebody wait. */
    @SuppressWarnings("FutureReturnValueIgnored") // the action throws nothing
    final void enter(final Waiter<?> waiter, final long timeoutNs) {
        if (closed) {
            throw new ClosedException(this + " was released");
        }
        waiting.add(waiter);
        waiter.outcome().whenComplete((outcome, failure) -> {
            if (failure instanceof CancellationException) { // by the deadline of the call: nobody is there any more
                leaveIfWaiting(waiter, Leaving.LOST);
            }
        });
        waiter.startTimer(timeoutNs, () -> leaveIfWaiting(waiter, Leaving.LATE));
    }

    /** With the monitor: ends a wait. */
    final <T extends @Nullable Object> void settle(final Waiter<T> waiter, final T outcome) {
        if (waiting.remove(waiter)) {
            waiter.stopTimer();
            answers.add(() -> waiter.outcome().complete(outcome));
        }
    }

    /** Like {@link #settle}, with what must be taken back if the call was given up in this very moment. */
    final <T extends @Nullable Object> void grant(final Waiter<T> waiter, final T outcome, final Runnable revoke) {
        if (waiting.remove(waiter)) {
            waiter.stopTimer();
            answers.add(() -> {
                if (!waiter.outcome().complete(outcome)) {
                    synchronized (this) {
                        revoke.run();
                    }
                }
            });
        }
    }

    /** Without the monitor: sends the outcomes of the waits that were settled. */
    final void answer() {
        for (Runnable next = answers.poll(); next != null; next = answers.poll()) {
            next.run();
        }
    }

    private void leaveIfWaiting(final Waiter<?> waiter, final Leaving why) {
        synchronized (this) {
            if (waiting.contains(waiter)) {
                leave(waiter, why);
            }
        }
        answer();
    }

    @Override
    public final boolean cancel(final long thread) {
        final Client client = CallContext.current().client();
        boolean left = false;
        synchronized (this) {
            for (final Waiter<?> waiter : List.copyOf(waiting)) {
                if (waiter.client() == client && waiter.thread() == thread && canCancel(waiter)) {
                    leave(waiter, Leaving.CANCELLED);
                    left = true;
                }
            }
        }
        answer();
        return left;
    }

    /** With the monitor: whether a wait may still be cancelled; for those that a subclass keeps waiting after that. */
    boolean canCancel(final Waiter<?> waiter) {
        return true;
    }

    private void lost(final Client client) {
        synchronized (this) {
            for (final Waiter<?> waiter : List.copyOf(waiting)) {
                if (waiter.client() == client && waiting.contains(waiter)) {
                    leave(waiter, Leaving.LOST);
                }
            }
            release(client);
        }
        answer();
    }

    /** The manager lets the object go: nobody will come any more, and who waits is told. */
    @Override
    public void close() {
        clients.forget(lossListener);
        final List<Waiter<?>> left;
        synchronized (this) {
            closed = true;
            left = new ArrayList<>(waiting);
            waiting.clear();
        }
        for (final Waiter<?> waiter : left) {
            waiter.stopTimer();
            waiter.outcome().completeExceptionally(new ClosedException(this + " was released"));
        }
    }

    @Override
    public String toString() {
        return getClass().getSimpleName();
    }
}
