package io.outrider.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.outrider.api.LoanArena;
import io.outrider.contract.StreamShape;
import io.outrider.error.ClosedException;
import io.outrider.error.StorageException;
import io.outrider.loan.LinkArena;
import io.outrider.marshal.Marshaller;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.Claim;
import io.outrider.transport.Publication;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many values go to a frame: one at a time to a reader that waits, many to one that lags. */
@Timeout(20)
class PumpTest {
    private static final int WINDOW = 1000;

    private final Port port = new Port();
    private long nowNs;
    private long tickNs;
    private final Pump pump = new Pump(port.marshaller, 1024, port.loans, () -> nowNs += tickNs);
    private final OutboundStream stream = new OutboundStream(Long.MIN_VALUE, "a generator", port);

    /** Keeps what is sent, and runs nothing. */
    private static final class Port implements StreamPort {
        private final Marshaller marshaller = Marshaller.open(PumpTest.class.getClassLoader());
        private final LinkArena loans = new LinkArena(
                null,
                "nobody",
                new LinkArena.Patience(null, tries -> true, () -> {}, () -> new ClosedException("closed")));
        private final List<Integer> frames = new ArrayList<>();
        private final Queue<OutboundStream> ready = new ArrayDeque<>();
        private final List<Integer> byArena = new ArrayList<>();
        private boolean takesNewMemory;
        private int blocksLeft;
        private RuntimeException noMemory;
        private int outcomes;

        @Override
        public Marshaller marshaller() {
            return marshaller;
        }

        @Override
        public int maxPayloadBytes() {
            return 1024;
        }

        @Override
        public LinkArena loans() {
            return loans;
        }

        @Override
        public LoanArena arenaOfGenerators() {
            return null;
        }

        @Override
        public boolean needsArena(int length) {
            return false;
        }

        @Override
        public boolean suitsArena(int length) {
            return takesNewMemory;
        }

        @Override
        public int trySend(UnsafeBuffer frame, int header, int length, Claim claim, ArenaBlock block) {
            if (FrameDescriptor.isInArena(frame, 0)) {
                if (noMemory != null) {
                    throw noMemory;
                }
                if (blocksLeft-- <= 0) {
                    return Publication.BACK_PRESSURED;
                }
                byArena.add(FrameDescriptor.items(frame, 0));
                frames.add(FrameDescriptor.items(frame, 0));
            } else if (FrameDescriptor.type(frame, 0) == FrameDescriptor.ITEMS) {
                frames.add(FrameDescriptor.items(frame, 0));
            } else {
                outcomes++;
            }
            return Publication.OK;
        }

        @Override
        public boolean awaitRoom(int fruitless) {
            return true;
        }

        @Override
        public void await(InboundStream<?> reading) {
            throw new AssertionError("nothing is read here");
        }

        @Override
        public void watch(Inbox inbox) {
            throw new AssertionError("nothing is read here");
        }

        @Override
        public Executor delivery() {
            return Runnable::run;
        }

        @Override
        public void later(Runnable action) {
            action.run();
        }

        @Override
        public void schedule(OutboundStream scheduled) {
            ready.add(scheduled);
        }

        @Override
        public void ended(OutboundStream ended) {
            ready.remove(ended);
        }

        @Override
        public void cancel(Inbox inbox) {
            throw new AssertionError("nothing is read here");
        }
    }

    private interface Numbers {
        PrimitiveIterator.OfLong numbers();

        Flow.Publisher<Long> events();
    }

    private static StreamShape shape(String method) {
        try {
            Method found = Numbers.class.getDeclaredMethod(method);
            return StreamShape.of(found.getReturnType(), found.getGenericReturnType());
        } catch (NoSuchMethodException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private void begin(Object generator, String method) {
        stream.grant(new Window(WINDOW, 1 << 20));
        stream.begin(generator, shape(method), () -> {});
    }

    private int run(boolean eager) {
        int turns = 0;
        for (OutboundStream next = port.ready.poll(); next != null; next = port.ready.poll()) {
            if (pump.run(next, eager) == Pump.Result.MORE) {
                port.ready.add(next);
            }
            turns++;
        }
        return turns;
    }

    private int sent() {
        return port.frames.stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    void framesGrowWhileTheGeneratorIsFasterThanItsReader() {
        begin(LongStream.range(0, Long.MAX_VALUE).iterator(), "numbers");
        run(false);
        assertEquals(WINDOW, sent(), "all that the window allows");
        assertEquals(1, port.frames.get(0), "the first value goes at once");
        assertEquals(List.of(1, 2, 4, 8, 16, 32, 64, 128, 256), port.frames.subList(0, 9));
        assertEquals(10, port.frames.size());
        assertEquals(0, port.outcomes);
    }

    @Test
    void whatIsBetterOffInTheArenaGoesThereWhileThereIsRoomAndThenByTheLane() {
        port.takesNewMemory = true;
        port.blocksLeft = 3;
        begin(LongStream.range(0, Long.MAX_VALUE).iterator(), "numbers");
        run(false);
        assertEquals(List.of(1, 2, 4), port.byArena);
        assertEquals(List.of(1, 2, 4, 8, 16, 32, 64, 128, 256), port.frames.subList(0, 9), "each once, in order");
        assertEquals(WINDOW, sent());
    }

    @Test
    void withoutMemoryForABlockTheFrameGoesByTheLane() {
        port.takesNewMemory = true;
        port.noMemory = new StorageException("no space");
        begin(LongStream.range(0, 100).iterator(), "numbers");
        run(false);
        assertEquals(100, sent());
        assertEquals(List.of(), port.byArena);
        assertEquals(1, port.outcomes, "the end, and no failure of the stream");
    }

    @Test
    void aValueThatTookItsTimeGoesAtOnce() {
        tickNs = 5_000;
        begin(LongStream.range(0, 100).iterator(), "numbers");
        run(false);
        assertEquals(100, port.frames.size());
    }

    @Test
    void withoutALeaderEachValueGoesAtOnce() {
        begin(LongStream.range(0, 100).iterator(), "numbers");
        run(true);
        assertEquals(100, port.frames.size());
        assertEquals(1, port.outcomes, "the end");
    }

    @Test
    void withoutALeaderValuesAreGatheredOnceTheReaderIsBehind() {
        begin(LongStream.range(0, Long.MAX_VALUE).iterator(), "numbers");
        run(true);
        List<Integer> expected = new ArrayList<>(Collections.nCopies(WINDOW / 2, 1));
        expected.add(WINDOW / 2);
        assertEquals(expected, port.frames);
    }

    @Test
    void creditHasSentWhatWasGatheredBeforeTheGeneratorReturns() {
        int gathered = 7;
        List<Integer> seen = new ArrayList<>();
        begin(
                LongStream.range(0, WINDOW / 2 + gathered + 1)
                        .peek(value -> {
                            if (value == WINDOW / 2 + gathered) { // the generator takes long, and the reader goes on
                                seen.add(port.frames.size());
                                credit(WINDOW / 2);
                                seen.addAll(port.frames.subList(WINDOW / 2, port.frames.size()));
                            }
                        })
                        .iterator(),
                "numbers");
        run(true);
        assertEquals(List.of(WINDOW / 2, gathered), seen);
        assertEquals(List.of(gathered, 1), port.frames.subList(WINDOW / 2, port.frames.size()));
        assertEquals(1, port.outcomes, "the end");
    }

    private void credit(int items) {
        UnsafeBuffer frame = new UnsafeBuffer(new byte[FrameDescriptor.CREDIT_LENGTH]);
        FrameDescriptor.putCredit(frame, 0, items, items * Long.BYTES, stream.id());
        stream.arrived(frame, 0);
    }

    @Test
    void aPublisherIsAskedAgainOnlyWhenWhatItGaveIsOnItsWay() {
        List<Long> waiting = new ArrayList<>(); // whenever it is asked, by which it may hold who asks
        Flow.Publisher<Long> events = subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            private long next;

            @Override
            public void request(long count) {
                waiting.add(next - stream.spentItems());
                for (long end = next + count; next < end; next++) {
                    subscriber.onNext(next);
                }
            }

            @Override
            public void cancel() {}
        });
        begin(events, "events");
        run(false);
        assertEquals(WINDOW, sent());
        assertEquals(Collections.nCopies(waiting.size(), 0L), waiting);
    }

    @Test
    void aLoneValueGoesAtOnce() {
        List<Flow.Subscriber<? super Long>> subscribers = new ArrayList<>();
        Flow.Publisher<Long> events = subscriber -> {
            subscribers.add(subscriber);
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long count) {}

                @Override
                public void cancel() {}
            });
        };
        begin(events, "events");
        run(false);
        for (int i = 0; i < 10; i++) {
            subscribers.get(0).onNext((long) i);
            run(false);
            assertEquals(i + 1, port.frames.size());
        }
    }
}
