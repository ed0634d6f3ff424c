package io.outrider.testkit;

import static io.outrider.api.feed.FeedSubscription.ENDED;
import static io.outrider.api.feed.FeedWriter.BACK_PRESSURED;
import static io.outrider.api.feed.FeedWriter.CLOSED;
import static io.outrider.api.feed.FeedWriter.OK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedHandler;
import io.outrider.api.feed.FeedOptions;
import io.outrider.api.feed.FeedPolicy;
import io.outrider.api.feed.FeedSubscription;
import io.outrider.api.feed.FeedWriter;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.CallRejectedException;
import io.outrider.error.ClosedException;
import io.outrider.error.OutriderException;
import io.outrider.error.PayloadTooLargeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What every provider of feeds must do between ends in one process. A provider's tests extend it. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
public abstract class FeedConformance {
    private static final int KEPT = 8;
    private static final int SUBSCRIBERS = 3;
    private static final int FRAME_BYTES = 1000;
    private static final FeedOptions OPTIONS = FeedOptions.DEFAULT
            .frameBytes(FRAME_BYTES)
            .frames(KEPT)
            .maxSubscribers(SUBSCRIBERS)
            .blockTimeout(Duration.ofSeconds(50));
    private static final Duration LONG = Duration.ofSeconds(50);

    private final List<Long> got = new ArrayList<>();
    private Feed feed;

    /** For the provider's tests. */
    protected FeedConformance() {}

    /**
     * Makes a feed for one test.
     *
     * @param options of it
     * @return the feed, closed by the test
     */
    protected abstract Feed create(FeedOptions options);

    @BeforeEach
    void makeFeed() {
        feed = create(OPTIONS);
    }

    @AfterEach
    void closeFeed() {
        feed.close();
    }

    @Test
    void framesOfAnyLengthArriveAsTheyWereCommitted() {
        for (final FeedPolicy policy : FeedPolicy.values()) {
            framesOfAnyLengthArrive(policy);
        }
    }

    private void framesOfAnyLengthArrive(final FeedPolicy policy) {
        try (Feed one = create(OPTIONS);
                FeedWriter writer = one.writer();
                FeedSubscription subscription = one.subscribe(policy)) {
            assertSame(policy, subscription.policy());
            for (final int length : new int[] {0, 1, 7, FRAME_BYTES - 1, FRAME_BYTES}) {
                final byte value = (byte) (length + 1);
                writer.claim(length).setMemory(0, length, value);
                final long sequence = writer.commit();
                assertEquals(
                        1,
                        subscription.poll(
                                (number, frame) -> {
                                    assertEquals(sequence, number);
                                    assertEquals(length, frame.capacity());
                                    for (int i = 0; i < length; i++) {
                                        assertEquals(value, frame.getByte(i));
                                    }
                                },
                                KEPT));
                assertEquals(0, subscription.poll((number, frame) -> {}, KEPT));
            }
            assertEquals(0, subscription.lost());
        }
    }

    @Test
    void allReadTheSameMemory() {
        try (FeedWriter writer = feed.writer();
                FeedSubscription first = feed.subscribe(FeedPolicy.BLOCK);
                FeedSubscription second = feed.subscribe(FeedPolicy.DROP_OLDEST)) {
            write(writer, 1);
            // A view that a handler is given is not for writing; that it can be shows here whose memory it is.
            first.poll((sequence, frame) -> ((MutableDirectBuffer) frame).putLong(0, 4711), 1);
            second.poll((sequence, frame) -> got.add(frame.getLong(0)), 1);
            assertEquals(List.of(4711L), got);
        }
    }

    @Test
    void subscriptionBeginsWithTheNextFrame() {
        try (FeedWriter writer = feed.writer()) {
            write(writer, KEPT + 3);
            try (FeedSubscription subscription = feed.subscribe(FeedPolicy.BLOCK)) {
                assertEquals(KEPT + 3, subscription.nextSequence());
                assertEquals(0, subscription.poll(this::take, KEPT));
                write(writer, 1);
                assertEquals(1, subscription.poll(this::take, KEPT));
                assertEquals(List.of(KEPT + 3L), got);
            }
        }
    }

    @Test
    void blockingSubscriberHoldsTheWriterUpUntilItReads() {
        try (FeedWriter writer = feed.writer();
                FeedSubscription subscription = feed.subscribe(FeedPolicy.BLOCK)) {
            write(writer, KEPT);
            assertEquals(BACK_PRESSURED, writer.tryClaim(8));
            assertEquals(1, subscription.poll(this::take, 1));
            write(writer, 1);
            assertEquals(BACK_PRESSURED, writer.tryClaim(8));
            assertEquals(KEPT, subscription.poll(this::take, 100));
            write(writer, KEPT);
            assertEquals(KEPT, subscription.poll(this::take, 100));
            assertEquals(2 * KEPT + 1, got.size());
            assertEquals(0, subscription.lost());
        }
    }

    @Test
    void blockingSubscriberThatGoesAwayHoldsNobodyUp() {
        try (FeedWriter writer = feed.writer()) {
            feed.subscribe(FeedPolicy.BLOCK).close();
            write(writer, 5 * KEPT);
            assertEquals(0, writer.subscribers());
        }
    }

    @Test
    void oldestFramesAreLostAndCounted() {
        try (FeedWriter writer = feed.writer();
                FeedSubscription subscription = feed.subscribe(FeedPolicy.DROP_OLDEST)) {
            write(writer, KEPT + 5);
            assertEquals(2, subscription.poll(this::take, 2));
            assertEquals(List.of(5L, 6L), got);
            assertEquals(5, subscription.lost());
            write(writer, KEPT);
            assertEquals(KEPT, subscription.poll(this::take, 100));
            assertEquals(2 * KEPT + 4L, got.get(got.size() - 1));
            assertEquals(2 * KEPT + 5, subscription.lost() + got.size());
        }
    }

    @Test
    void allButTheLatestFrameAreLostAndCounted() {
        try (FeedWriter writer = feed.writer();
                FeedSubscription subscription = feed.subscribe(FeedPolicy.LATEST)) {
            write(writer, 3);
            assertEquals(1, subscription.poll(this::take, 100));
            write(writer, 3 * KEPT);
            assertEquals(1, subscription.poll(this::take, 100));
            assertEquals(List.of(2L, 3L * KEPT + 2), got);
            assertEquals(3 * KEPT + 3, subscription.lost() + got.size());
        }
    }

    @Test
    void frameThatIsReadIsNeverOverwritten() {
        try (FeedWriter writer = feed.writer();
                FeedSubscription first = feed.subscribe(FeedPolicy.DROP_OLDEST);
                FeedSubscription second = feed.subscribe(FeedPolicy.LATEST);
                FeedSubscription third = feed.subscribe(FeedPolicy.DROP_OLDEST)) {
            write(writer, KEPT);
            first.poll(
                    (one, frame) -> second.poll(
                            (two, latest) -> {
                                write(writer, KEPT - 1);
                                third.poll(
                                        (three, other) -> {
                                            write(writer, 5 * KEPT);
                                            assertEquals(one, frame.getLong(0));
                                            assertEquals(two, latest.getLong(0));
                                            assertEquals(three, other.getLong(0));
                                            got.addAll(List.of(one, two, three));
                                        },
                                        1);
                            },
                            1),
                    1);
            assertEquals(List.of(0L, KEPT - 1L, KEPT - 1L), got);
        }
    }

    @Test
    @SuppressWarnings("try") // closing early is what is tested
    void subscriberThatHoldsTheWriterUpForTooLongIsDroppedAndTold() {
        try (Feed impatient = create(OPTIONS.blockTimeout(Duration.ofMillis(50)));
                FeedWriter writer = impatient.writer();
                FeedSubscription stuck = impatient.subscribe(FeedPolicy.BLOCK);
                FeedSubscription other = impatient.subscribe(FeedPolicy.DROP_OLDEST)) {
            stuck.poll(
                    (sequence, frame) -> {
                        write(writer, 3 * KEPT);
                        assertEquals(sequence, frame.getLong(0), "what it reads stays");
                    },
                    writeOne(writer));
            assertEquals(1, writer.dropped());
            assertEquals(1, writer.subscribers());
            final ClosedException told = assertThrows(ClosedException.class, () -> stuck.poll(this::take, 1));
            assertSays("was dropped at frame 1", told);
            assertSays("50 ms", told);
            assertEquals(KEPT, other.poll(this::take, 100));
            stuck.close();
            try (FeedSubscription again = impatient.subscribe(FeedPolicy.BLOCK)) {
                write(writer, 1);
                assertEquals(1, again.poll(this::take, 1));
            }
        }
    }

    @Test
    void subscriberGetsWhatWasCommittedAndThenTheEnd() {
        for (final FeedPolicy policy : FeedPolicy.values()) {
            got.clear();
            whatWasCommittedAndThenTheEnd(policy);
        }
    }

    private void whatWasCommittedAndThenTheEnd(final FeedPolicy policy) {
        final Feed one = create(OPTIONS);
        final FeedWriter writer = one.writer();
        try (one;
                FeedSubscription subscription = one.subscribe(policy)) {
            write(writer, 2);
            writer.claim(8);
            writer.close();
            writer.close();
            assertEquals(policy == FeedPolicy.LATEST ? 1 : 2, subscription.forEach(this::take));
            assertEquals(ENDED, subscription.poll(this::take, 1));
            assertEquals(ENDED, subscription.await(this::take, 1, LONG));
            assertEquals(2, got.size() + subscription.lost());
        }
        assertThrows(ClosedException.class, () -> writer.tryClaim(1));
        assertThrows(ClosedException.class, writer::subscribers);
    }

    @Test
    void closedFeedEndsForAllAndIsGone() {
        try (FeedWriter writer = feed.writer();
                FeedSubscription subscription = feed.subscribe(FeedPolicy.BLOCK)) {
            write(writer, 2);
            feed.close();
            feed.close();
            assertEquals(CLOSED, writer.tryClaim(8));
            assertThrows(ClosedException.class, () -> writer.claim(8));
            assertEquals(2, subscription.forEach(this::take));
            assertThrows(ClosedException.class, () -> feed.subscribe(FeedPolicy.BLOCK));
            assertThrows(ClosedException.class, feed::writer);
        }
    }

    @Test
    void unknownFeedIsNamed() {
        final Feed unknown = new Feed("radar", feed.location() + "-not-there");
        final OutriderException refusal =
                assertThrows(ClosedException.class, () -> unknown.subscribe(FeedPolicy.BLOCK));
        assertSays("radar", refusal);
        assertThrows(ClosedException.class, unknown::writer);
        unknown.close();
    }

    @Test
    void onlyOneMayWriteAndOnlySoManyMayRead() {
        final List<FeedSubscription> subscriptions = new ArrayList<>();
        try (FeedWriter writer = feed.writer()) {
            final long pid = ProcessHandle.current().pid();
            final OutriderException second = assertThrows(CallRejectedException.class, feed::writer);
            assertSays("process " + pid, second);
            for (int i = 0; i < SUBSCRIBERS; i++) {
                subscriptions.add(feed.subscribe(FeedPolicy.DROP_OLDEST));
            }
            assertEquals(SUBSCRIBERS, writer.subscribers());
            final OutriderException full =
                    assertThrows(CallRejectedException.class, () -> feed.subscribe(FeedPolicy.BLOCK));
            assertSays(SUBSCRIBERS + " subscribers", full);
            subscriptions.remove(1).close();
            subscriptions.add(feed.subscribe(FeedPolicy.BLOCK));
        }
        assertThrows(CallRejectedException.class, feed::writer, "not after the first either");
        subscriptions.forEach(FeedSubscription::close);
    }

    @Test
    void lengthsOutOfRangeAreRefusedAndTheFeedGoesOn() {
        try (FeedWriter writer = feed.writer();
                FeedSubscription subscription = feed.subscribe(FeedPolicy.BLOCK)) {
            final PayloadTooLargeException tooLarge =
                    assertThrows(PayloadTooLargeException.class, () -> writer.tryClaim(FRAME_BYTES + 1));
            assertEquals(FRAME_BYTES + 1, tooLarge.bytes());
            assertEquals(FRAME_BYTES, tooLarge.maxBytes());
            assertThrows(PayloadTooLargeException.class, () -> writer.claim(Integer.MAX_VALUE));
            assertThrows(CallRejectedException.class, () -> writer.tryClaim(-1));
            write(writer, 1);
            assertEquals(1, subscription.poll(this::take, 1));
        }
    }

    @Test
    void claimThatIsNotCommittedIsNeverSeen() {
        try (FeedWriter writer = feed.writer();
                FeedSubscription subscription = feed.subscribe(FeedPolicy.BLOCK)) {
            assertThrows(IllegalStateException.class, writer::commit);
            assertThrows(IllegalStateException.class, writer::frame);
            writer.claim(8).putLong(0, -1);
            assertEquals(0, subscription.poll(this::take, 1));
            assertEquals(OK, writer.tryClaim(8));
            writer.frame().putLong(0, 0);
            assertEquals(0, writer.commit());
            assertThrows(IllegalStateException.class, writer::commit);
            assertEquals(1, subscription.poll(this::take, 10));
        }
    }

    @Test
    void whatAHandlerThrowsArrivesAndItsFrameCountsAsRead() {
        try (FeedWriter writer = feed.writer();
                FeedSubscription subscription = feed.subscribe(FeedPolicy.BLOCK)) {
            write(writer, 2);
            final UnsupportedOperationException thrown = new UnsupportedOperationException("no");
            assertSame(
                    thrown,
                    assertThrows(
                            UnsupportedOperationException.class,
                            () -> subscription.poll(
                                    (sequence, frame) -> {
                                        throw thrown;
                                    },
                                    10)));
            assertEquals(1, subscription.poll(this::take, 10));
            assertEquals(List.of(1L), got);
        }
    }

    @Test
    @SuppressWarnings("try") // closing early is what is tested
    void handlerMayCloseButNotPoll() {
        try (FeedWriter writer = feed.writer();
                FeedSubscription subscription = feed.subscribe(FeedPolicy.BLOCK)) {
            write(writer, 3);
            assertThrows(
                    IllegalStateException.class,
                    () -> subscription.poll((sequence, frame) -> subscription.poll(this::take, 1), 1));
            final FeedHandler closing = (sequence, frame) -> {
                subscription.close();
                got.add(frame.getLong(0));
            };
            assertEquals(1, subscription.forEach(closing));
            assertEquals(List.of(1L), got);
            assertThrows(ClosedException.class, () -> subscription.poll(this::take, 1));
            assertEquals(0, writer.subscribers());
        }
    }

    @Test
    void waitingEndsInTimeAndByAnInterrupt() {
        try (FeedWriter writer = feed.writer();
                FeedSubscription subscription = feed.subscribe(FeedPolicy.BLOCK)) {
            assertEquals(0, subscription.await(this::take, 1, Duration.ofMillis(20)));
            assertEquals(0, subscription.await(this::take, 1, Duration.ZERO));
            Thread.currentThread().interrupt();
            assertThrows(CallInterruptedException.class, () -> subscription.await(this::take, 1, LONG));
            assertThrows(CallInterruptedException.class, () -> subscription.forEach(this::take));
            assertTrue(Thread.currentThread().isInterrupted(), "the status stays");
            write(writer, KEPT);
            assertThrows(CallInterruptedException.class, () -> writer.claim(8));
            assertTrue(Thread.interrupted());
            assertEquals(KEPT, subscription.await(this::take, 100, LONG));
        }
    }

    /** Each frame is full of its own number, so that one torn frame would show. */
    @Test
    void readersOfAllPoliciesSeeWholeFramesInOrderAndCountTheRest() throws InterruptedException {
        final long frames = 100_000;
        final List<FeedChecker> checkers = new ArrayList<>();
        try (FeedWriter writer = feed.writer()) {
            for (final FeedPolicy policy : FeedPolicy.values()) {
                checkers.add(FeedChecker.start(feed.subscribe(policy)));
            }
            for (long sequence = 0; sequence < frames; sequence++) {
                FeedChecker.fill(writer.claim(FRAME_BYTES), sequence);
                assertEquals(sequence, writer.commit());
            }
        }
        for (final FeedChecker checker : checkers) {
            checker.await(frames);
        }
    }

    private void take(final long sequence, final DirectBuffer frame) {
        assertEquals(sequence, frame.getLong(0));
        got.add(sequence);
    }

    private static void assertSays(final String words, final OutriderException failure) {
        assertTrue(String.valueOf(failure.getMessage()).contains(words), failure::toString);
    }

    private int writeOne(final FeedWriter writer) {
        write(writer, 1);
        return 1;
    }

    private static void write(final FeedWriter writer, final int count) {
        for (int i = 0; i < count; i++) {
            final MutableDirectBuffer frame = writer.claim(Long.BYTES);
            frame.putLong(0, -1);
            frame.putLong(0, writer.nextSequence());
            writer.commit();
        }
    }
}
