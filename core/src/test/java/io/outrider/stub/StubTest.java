package io.outrider.stub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.contract.Contract;
import io.outrider.contract.ContractMethod;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Generated stubs and dispatchers, joined in one JVM by a port that copies bytes. */
class StubTest {
    private static final Marshaller MARSHALLER = Marshaller.open(StubTest.class.getClassLoader());

    private interface Everything {
        void nothing();

        boolean flip(boolean value);

        byte next(byte value);

        short next(short value);

        char next(char value);

        int next(int value);

        long next(long value);

        float next(float value);

        double next(double value);

        String upper(String value);

        int[] doubled(int[] value);

        List<String> sorted(List<String> values, Comparator<String> order);

        long wide(long a, double b, int c, long d, String e, double f);

        int fail(String message) throws IOException;

        default String twice(String value) {
            return value + value;
        }

        Pair swap(Pair pair);
    }

    private record Pair(String left, int right) {}

    private static final class Real implements Everything {
        @Override
        public void nothing() {}

        @Override
        public boolean flip(boolean value) {
            return !value;
        }

        @Override
        public byte next(byte value) {
            return (byte) (value + 1);
        }

        @Override
        public short next(short value) {
            return (short) (value + 1);
        }

        @Override
        public char next(char value) {
            return (char) (value + 1);
        }

        @Override
        public int next(int value) {
            return value + 1;
        }

        @Override
        public long next(long value) {
            return value + 1;
        }

        @Override
        public float next(float value) {
            return value + 1;
        }

        @Override
        public double next(double value) {
            return value + 1;
        }

        @Override
        public String upper(String value) {
            return value == null ? null : value.toUpperCase(Locale.ROOT);
        }

        @Override
        public int[] doubled(int[] value) {
            int[] result = new int[value.length];
            for (int i = 0; i < value.length; i++) {
                result[i] = 2 * value[i];
            }
            return result;
        }

        @Override
        public List<String> sorted(List<String> values, Comparator<String> order) {
            List<String> result = new ArrayList<>(values);
            result.sort(order);
            return result;
        }

        @Override
        public long wide(long a, double b, int c, long d, String e, double f) {
            return (long) (a + b + c + d + e.length() + f);
        }

        @Override
        public int fail(String message) throws IOException {
            throw new IOException(message);
        }

        @Override
        public Pair swap(Pair pair) {
            return pair == null ? null : new Pair(pair.left() + pair.right(), -pair.right());
        }
    }

    private interface Delayed {
        CompletionStage<String> stage(int number);

        CompletableFuture<String> future(int number);
    }

    private static final class Prompt implements Delayed {
        @Override
        public CompletionStage<String> stage(int number) {
            return CompletableFuture.completedFuture("stage " + number);
        }

        @Override
        public CompletableFuture<String> future(int number) {
            return new CompletableFuture<>();
        }
    }

    @Test
    void aMethodThatReturnsAStageIsSentAndNotWaitedFor() {
        Loop<Delayed> loop = new Loop<>(Delayed.class, new Prompt());
        assertEquals("stage 7", loop.stub().stage(7).toCompletableFuture().join());
        assertEquals(List.of("begin stage", "defer", "invoking", "deferred"), loop.log);
        assertFalse(loop.stub().future(8).isDone());
    }

    /** What an engine and a worker do, without either: bytes go from a writer to a reader. */
    private static final class Loop<T> implements CallPort {
        private final Contract<T> contract;
        private final T target;
        private final List<String> log = new ArrayList<>();
        private boolean recordsOnly;

        Loop(Class<T> type, T target) {
            this.contract = Contract.of(type);
            this.target = target;
        }

        T stub() {
            return stub(1);
        }

        T stub(long objectId) {
            return StubFactory.of(contract)
                    .newStub(
                            this,
                            new ObjectRef(Integer.toHexString(System.identityHashCode(target)), 5, objectId, contract));
        }

        IncomingCall incoming() {
            return new Incoming(new ValueReader(MARSHALLER), new ValueWriter(MARSHALLER, 100));
        }

        @Override
        public OutgoingCall begin(ObjectRef ref, int method) {
            log.add("begin " + contract.methods().get(method).method().getName());
            return new Call(method);
        }

        @SuppressWarnings("unchecked") // this port has no other calls
        @Override
        public boolean invoke(OutgoingCall call) {
            log.add("invoke");
            if (recordsOnly) {
                return false;
            }
            ((Call) call).run();
            return true;
        }

        @SuppressWarnings("unchecked") // this port has no other calls
        @Override
        public CompletableFuture<?> defer(OutgoingCall call) {
            log.add("defer");
            ((Call) call).run();
            return ((Call) call).later;
        }

        @Override
        public void end(OutgoingCall call) {
            log.add("end");
        }

        @Override
        public RuntimeException fail(OutgoingCall call, Throwable failure) {
            log.add("fail");
            return new IllegalStateException(failure);
        }

        private final class Call implements OutgoingCall {
            private final int method;
            private final ValueWriter out = new ValueWriter(MARSHALLER, 100_000);
            private final ValueWriter back = new ValueWriter(MARSHALLER, 100_000);
            private final ValueReader reader = new ValueReader(MARSHALLER);
            private final ValueReader resultReader = new ValueReader(MARSHALLER);

            private CompletableFuture<?> later;

            Call(int method) {
                this.method = method;
                out.reset(0);
                back.reset(0);
            }

            void run() {
                reader.wrap(out.buffer(), 0, out.length());
                try {
                    Incoming incoming = new Incoming(reader, back);
                    StubFactory.of(contract).dispatcher().dispatch(target, method, incoming);
                    later = incoming.later;
                } catch (RuntimeException | Error failure) {
                    throw failure;
                } catch (Throwable thrown) {
                    throw new IllegalStateException(thrown);
                }
                resultReader.wrap(back.buffer(), 0, back.length());
            }

            @Override
            public ValueWriter arguments() {
                return out;
            }

            @Override
            public ValueReader result() {
                log.add("result");
                return resultReader;
            }
        }

        private final class Incoming implements IncomingCall {
            private final ValueReader reader;
            private final ValueWriter back;
            private CompletableFuture<?> later;

            Incoming(ValueReader reader, ValueWriter back) {
                this.reader = reader;
                this.back = back;
            }

            @Override
            public ValueReader arguments() {
                return reader;
            }

            @Override
            public Object exported(Object result) {
                log.add("exported");
                return result;
            }

            @Override
            public void invoking() {
                assertEquals(0, reader.remaining(), "all arguments are read before the method runs");
                log.add("invoking");
            }

            @Override
            public void deferred(CompletionStage<?> outcome) {
                log.add("deferred");
                later = outcome.toCompletableFuture();
            }

            @Override
            public ValueWriter returned() {
                log.add("returned");
                return back;
            }
        }
    }

    @Test
    void everyKindOfValueThereAndBack() {
        Everything stub = new Loop<>(Everything.class, new Real()).stub();
        stub.nothing();
        assertEquals(false, stub.flip(true));
        assertEquals((byte) 8, stub.next((byte) 7));
        assertEquals((short) -6, stub.next((short) -7));
        assertEquals('b', stub.next('a'));
        assertEquals(8, stub.next(7));
        assertEquals(1L << 40, stub.next((1L << 40) - 1));
        assertEquals(2.5f, stub.next(1.5f));
        assertEquals(2.5, stub.next(1.5));
        assertEquals("ABC", stub.upper("abc"));
        assertNull(stub.upper(null));
        assertArrayEquals(new int[] {2, 4}, stub.doubled(new int[] {1, 2}));
        assertEquals(List.of("b", "a"), stub.sorted(List.of("a", "b"), Comparator.reverseOrder()));
        assertEquals(1 + 2 + 3 + 4 + 3 + 6, stub.wide(1, 2.0, 3, 4, "abc", 6.0));
        assertEquals("xx", stub.twice("x"));
        assertEquals(new Pair("a1", -1), stub.swap(new Pair("a", 1)));
        assertNull(stub.swap(null));
    }

    @Test
    void theStepsOfACallInOrder() {
        Loop<Everything> loop = new Loop<>(Everything.class, new Real());
        assertEquals(8, loop.stub().next(7));
        assertEquals(List.of("begin next", "invoke", "invoking", "returned", "result", "end"), loop.log);
        loop.log.clear();
        loop.stub().nothing();
        assertEquals(List.of("begin nothing", "invoke", "invoking", "returned", "end"), loop.log, "no result to read");
    }

    @Test
    void aFailureAtAnyStepEndsTheCall() {
        Loop<Everything> loop = new Loop<>(Everything.class, new Real());
        IllegalStateException thrown =
                assertThrows(IllegalStateException.class, () -> loop.stub().fail("m"));
        assertTrue(thrown.toString().contains("IOException: m"), thrown::toString);
        assertEquals(List.of("begin fail", "invoke", "invoking", "fail"), loop.log);
        loop.log.clear();
        Comparator<String> unsendable = new Comparator<>() {
            private final Thread thread = Thread.currentThread();

            @Override
            public int compare(String one, String other) {
                return thread.getName().length();
            }
        };
        assertThrows(IllegalStateException.class, () -> loop.stub().sorted(List.of(), unsendable));
        assertEquals(List.of("begin sorted", "fail"), loop.log, "nothing was sent");
    }

    @Test
    void aPortThatOnlyRecordsYieldsDefaults() {
        Loop<Everything> loop = new Loop<>(Everything.class, new Real());
        loop.recordsOnly = true;
        Everything stub = loop.stub();
        stub.nothing();
        assertEquals(false, stub.flip(false));
        assertEquals(0, stub.next((byte) 1));
        assertEquals(0, stub.next('c'));
        assertEquals(0L, stub.next(1L));
        assertEquals(0f, stub.next(1f));
        assertEquals(0.0, stub.next(1.0));
        assertNull(stub.upper("x"));
        assertNull(stub.doubled(new int[1]));
        assertNull(stub.swap(new Pair("a", 1)));
        assertTrue(
                loop.log.stream().noneMatch(step -> step.equals("end") || step.equals("result")), loop.log::toString);
    }

    @Test
    void identity() {
        Loop<Everything> loop = new Loop<>(Everything.class, new Real());
        assertEquals(loop.stub(1), loop.stub(1));
        assertEquals(loop.stub(1).hashCode(), loop.stub(1).hashCode());
        assertNotEquals(loop.stub(1), loop.stub(2));
        assertNotEquals(loop.stub(1), new Loop<>(Everything.class, new Real()).stub(1), "another incarnation");
        assertEquals("Everything[worker 5, object a]", loop.stub(10).toString());
        assertEquals(List.of(), loop.log, "none of that is a call");
    }

    @Test
    void aDispatcherRefusesWhatIsNotInTheTable() {
        Loop<Everything> loop = new Loop<>(Everything.class, new Real());
        Dispatcher dispatcher = StubFactory.of(loop.contract).dispatcher();
        int count = loop.contract.methods().size();
        for (int method : new int[] {-1, count, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThrows(
                    IndexOutOfBoundsException.class, () -> dispatcher.dispatch(loop.target, method, loop.incoming()));
        }
    }

    @Test
    void oneFactoryForEachContract() {
        Contract<Everything> contract = Contract.of(Everything.class);
        assertSame(StubFactory.of(contract), StubFactory.of(contract));
        assertEquals(
                contract.methods().size(),
                contract.methods().stream()
                        .mapToInt(ContractMethod::index)
                        .distinct()
                        .count());
    }

    @Test
    void interfacesOfTheJdk() {
        Loop<Runnable> loop = new Loop<>(Runnable.class, () -> {});
        loop.stub().run();
        assertEquals(List.of("begin run", "invoke", "invoking", "returned", "end"), loop.log);
    }
}
