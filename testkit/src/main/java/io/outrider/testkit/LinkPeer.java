package io.outrider.testkit;

import io.outrider.transport.Claim;
import io.outrider.transport.Link;
import io.outrider.transport.LinkSpec;
import io.outrider.transport.Publication;
import io.outrider.transport.Side;

/**
 * The other process of the death tests, with its own main: opens a side of a link, says {@code ready} and then does one
 * thing until it is done or killed. Busy, so that a signal hits it in the middle.
 */
public final class LinkPeer {
    /** What the process does. */
    public enum Role {
        /** As the worker, reads so many frames, says {@code done} and waits to be killed. */
        READ,
        /** As the client, writes frames without end. */
        WRITE,
        /** As the client, writes so many frames, claims one more, says {@code claimed} and never ends the claim. */
        WRITE_THEN_HOLD_A_CLAIM
    }

    private static final int ROLE_ARGUMENT = 5;
    private static final int COUNT_ARGUMENT = 6;
    private static final int LENGTH = 100;

    private LinkPeer() {}

    /**
     * Starts the process.
     *
     * @param link whose files there are
     * @param role what it does
     * @param count of frames, where the role has one
     * @return the process, which has yet to say {@code ready}
     */
    public static JavaProcess start(final TestLink link, final Role role, final long count) {
        final String[] arguments = new String[COUNT_ARGUMENT + 1];
        link.specArguments().toArray(arguments);
        arguments[ROLE_ARGUMENT] = role.name();
        arguments[COUNT_ARGUMENT] = Long.toString(count);
        return JavaProcess.start(LinkPeer.class, arguments);
    }

    /**
     * Runs until it is killed.
     *
     * @param arguments those of {@link TestLink#specArguments()}, role, count
     */
    public static void main(final String[] arguments) {
        final LinkSpec spec = TestLink.spec(arguments);
        final Role role = Role.valueOf(arguments[ROLE_ARGUMENT]);
        final long count = Long.parseLong(arguments[COUNT_ARGUMENT]);
        final Side side = role == Role.READ ? Side.WORKER : Side.CLIENT;
        try (Link link = TestLink.provider(spec.transport()).open(spec, side)) {
            say("ready");
            switch (role) {
                case READ -> read(link, count);
                case WRITE -> write(link.publication(), Long.MAX_VALUE);
                case WRITE_THEN_HOLD_A_CLAIM -> {
                    write(link.publication(), count);
                    while (link.publication().tryClaim(LENGTH, new Claim()) != Publication.OK) {
                        Thread.onSpinWait();
                    }
                    say("claimed");
                }
            }
            awaitKill();
        }
    }

    private static void read(final Link link, final long count) {
        final Frames frames = new Frames(1, link.spec().maxFrameBytes());
        while (frames.total() < count) {
            if (link.subscription().poll(frames, Integer.MAX_VALUE) == 0) {
                Await.giveWay();
            }
        }
        say("done");
    }

    private static void write(final Publication lane, final long count) {
        final Frames frames = new Frames(1, LENGTH);
        while (frames.total() < count) {
            if (frames.trySend(lane, 0, LENGTH) != Publication.OK) {
                Await.giveWay();
            }
        }
    }

    private static void awaitKill() {
        while (true) {
            Await.giveWay();
        }
    }

    private static void say(final String line) {
        System.out.println(line);
    }
}
