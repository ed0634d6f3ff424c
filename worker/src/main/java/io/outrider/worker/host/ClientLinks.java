package io.outrider.worker.host;

import io.outrider.transport.FrameHandler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * The clients of a worker, polled in turn: each gives one call at most before the next one has its turn, and idle ones are
 * asked seldom. Adding and ending are safe from any thread; the rest is the leader's. With one client, which is the rule,
 * a poll costs no more than that of its lane.
 */
final class ClientLinks {
    private final ConcurrentLinkedQueue<ClientLink> ending = new ConcurrentLinkedQueue<>();
    private volatile ClientLink[] links; // written under this
    private volatile boolean anyEnding;
    private int turn; // the leader's
    private int round; // the leader's
    private final List<ClientLink> busy =
            new ArrayList<>(); // the leader's: polled no more, but a call is still in them

    private final ClientLink owner;
    private final Executor threads;

    ClientLinks(final ClientLink owner, final Executor threads) {
        this.owner = owner;
        this.threads = threads;
        links = new ClientLink[] {owner};
    }

    /** The link to the process that started the worker. */
    ClientLink owner() {
        return owner;
    }

    synchronized void add(final ClientLink added) {
        final ClientLink[] more = Arrays.copyOf(links, links.length + 1);
        more[links.length] = added;
        links = more;
    }

    /** Takes no more from a client; the leader sees to it that its memory goes. */
    void end(final ClientLink ended) {
        ended.end();
        ending.add(ended);
        anyEnding = true;
    }

    /** For the worker's end: nobody waits for room any more. */
    void endAll() {
        for (final ClientLink link : links) {
            link.end();
        }
    }

    /** Stops what generators there are, for all clients. */
    void stopStreams() {
        for (final ClientLink link : links) {
            link.streams().stopAll();
        }
    }

    /** How many generators have not been cleaned up. */
    int openStreams() {
        int open = 0;
        for (final ClientLink link : links) {
            open += link.streams().open();
        }
        return open;
    }

    /** An object was let go. */
    void objectClosed(final HostedObject object) {
        for (final ClientLink link : links) {
            link.streams().objectClosed(object);
        }
    }

    /** Gives back the loans that were dropped here without being closed; from any thread. */
    void reap() {
        for (final ClientLink link : links) {
            link.loans().reap();
        }
    }

    int count() {
        return links.length;
    }

    /** Takes one frame of the next client that has one; 0 if there is none. */
    int poll(final CallRunner runner, final FrameHandler intake) {
        if (anyEnding) {
            retire();
        }
        final ClientLink[] all = links;
        if (all.length == 1) {
            runner.from(all[0]);
            return all[0].poll(runner, intake);
        }
        round++;
        return pollInTurn(all, runner, intake, false);
    }

    private int pollInTurn(
            final ClientLink[] all, final CallRunner runner, final FrameHandler intake, final boolean everyone) {
        int next = turn;
        for (int i = 0; i < all.length; i++) {
            next = next + 1 < all.length ? next + 1 : 0;
            final ClientLink link = all[next];
            if (everyone || link.isDue(round)) {
                runner.from(link);
                if (link.poll(runner, intake) > 0) {
                    turn = next;
                    return 1;
                }
            }
        }
        return 0;
    }

    /** Before the leader sleeps: has every client ring from now on, and looks once more. */
    int parkAndPoll(final CallRunner runner, final FrameHandler intake) {
        final ClientLink[] all = links;
        for (final ClientLink link : all) {
            link.park();
        }
        return pollInTurn(all, runner, intake, true);
    }

    void unpark() {
        for (final ClientLink link : links) {
            link.unpark();
        }
    }

    private void retire() {
        anyEnding = false; // before looking, so that what comes meanwhile is seen next time
        ClientLink ended = ending.poll();
        while (ended != null) {
            remove(ended);
            busy.add(ended);
            ended = ending.poll();
        }
        for (int i = busy.size() - 1; i >= 0; i--) {
            final ClientLink gone = busy.get(i);
            if (gone.tryRetire()) {
                busy.remove(i);
                threads.execute(gone::close); // which takes its time, while calls of others wait for the leader
            }
        }
        if (!busy.isEmpty()) {
            anyEnding = true;
        }
    }

    private synchronized void remove(final ClientLink ended) {
        final ClientLink gone = ended;
        links = Arrays.stream(links).filter(link -> link != gone).toArray(ClientLink[]::new);
    }
}
