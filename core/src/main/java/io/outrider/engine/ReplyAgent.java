package io.outrider.engine;

import io.outrider.protocol.control.DoorbellHub;
import io.outrider.telemetry.Log;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Polls the reply lanes of an executor's workers for what no caller polls for: parked callers and futures. Sleeps on the
 * doorbells when nothing comes. One thread, started by {@link #start} and ended by {@link #close}.
 */
public final class ReplyAgent implements AutoCloseable {
    private static final Log LOG = Log.of(ReplyAgent.class);
    private static final long KEEP_HOUSE_NS = 400_000_000;
    private static final long MAX_SLEEP_NS = 100_000_000;
    private static final long END_PATIENCE_NS = 2_000_000_000;

    private final List<CallClient> clients = new CopyOnWriteArrayList<>();
    private final DoorbellHub doorbells;
    private final IdlePolicy idlePolicy;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param name of the thread
     * @param doorbells rung by the workers
     * @param idlePolicy how to wait before sleeping
     */
    public ReplyAgent(final String name, final DoorbellHub doorbells, final IdlePolicy idlePolicy) {
        this.doorbells = doorbells;
        this.idlePolicy = idlePolicy;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /**
     * Polls for a client from now on.
     *
     * @param client to poll for
     */
    public void add(final CallClient client) {
        clients.add(client);
        doorbells.wake();
    }

    /**
     * Polls for a client no more.
     *
     * @param client that has ended
     */
    public void remove(final CallClient client) {
        clients.remove(client);
    }

    private void run() {
        int fruitless = 0;
        long keptHouseAtNs = System.nanoTime();
        while (!closed) {
            try {
                if (System.nanoTime() - keptHouseAtNs > KEEP_HOUSE_NS) {
                    clients.forEach(client -> client.streams().keepHouse());
                    keptHouseAtNs = System.nanoTime();
                }
                boolean awaited = false;
                int polled = 0;
                for (final CallClient client : clients) {
                    client.arena().reap();
                    if (client.poller().isAwaited()) {
                        awaited = true;
                        polled += client.poller().pollOrRequest();
                    }
                }
                if (polled > 0) {
                    fruitless = 0;
                } else if (!awaited || !idlePolicy.idle(fruitless++)) {
                    sleep();
                    fruitless = 0;
                }
            } catch (final RuntimeException failure) { // keeps the thread: without it no future would ever complete
                LOG.error("the reply agent goes on after a failure", failure);
            }
        }
    }

    private void sleep() {
        boolean nothing = true;
        for (final CallClient client : clients) {
            client.poller().agentAwake(false);
            nothing &= client.poller().armForSleep();
        }
        if (nothing && !closed) {
            doorbells.await(MAX_SLEEP_NS);
        }
        for (final CallClient client : clients) {
            client.poller().agentAwake(true);
        }
    }

    /** Ends the thread and waits for it. */
    @Override
    public void close() {
        closed = true;
        doorbells.wake();
        awaitEnd();
        if (thread.isAlive()) {
            LOG.warn("thread {} did not end in time", thread.getName());
        }
    }

    /** An interrupt does not cut it short: whoever closes goes on to release what the thread uses. */
    private void awaitEnd() {
        final long giveUpAt = System.nanoTime() + END_PATIENCE_NS;
        boolean interrupted = false;
        long left = END_PATIENCE_NS;
        while (thread.isAlive() && left > 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, left);
            } catch (final InterruptedException again) {
                interrupted = true;
            }
            left = giveUpAt - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
