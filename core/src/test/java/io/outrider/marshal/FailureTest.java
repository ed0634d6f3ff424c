package io.outrider.marshal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.outrider.error.RemoteFailure;
import io.outrider.error.RemoteThrowable;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is thrown arrives, whatever it is: as data always, as the object where it can be had. */
@Timeout(60)
class FailureTest {
    private final Marshaller marshaller = Marshaller.open(getClass().getClassLoader());
    private final Trip trip = new Trip(marshaller, marshaller);

    static class OrderException extends IllegalStateException {
        private static final long serialVersionUID = 1L;
        final int order;
        final Object detail;

        OrderException(int order, Object detail, Throwable cause) {
            super("order", cause);
            this.order = order;
            this.detail = detail;
        }

        @Override
        public String getMessage() {
            return super.getMessage() + " " + order;
        }
    }

    static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message for you");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            return null;
        }

        @Override
        public Throwable getCause() {
            throw new StackOverflowError();
        }

        @Override
        public String toString() {
            throw new IllegalStateException("no text either");
        }
    }

    static final class Endless extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable getCause() {
            return new Endless();
        }
    }

    static final class SelfCaused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable getCause() {
            return this;
        }
    }

    static final class Heavy extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final Object thread = new Thread("not to be sent");
    }

    static List<Throwable> hostile() {
        Exception a = new Exception("a");
        Exception b = new Exception("b", a);
        a.initCause(b);
        a.addSuppressed(b);
        Throwable deep = new Exception("0");
        for (int i = 1; i < 10_000; i++) {
            deep = new Exception("" + i, deep);
        }
        Exception wide = new Exception("wide");
        for (int i = 0; i < 5_000; i++) {
            wide.addSuppressed(new IOException("s" + i));
        }
        Exception tall = new Exception("tall");
        tall.setStackTrace(java.util.Collections.nCopies(50_000, new StackTraceElement("C", "m", "f", 1))
                .toArray(StackTraceElement[]::new));
        return new ArrayList<>(List.of(
                new Hostile(),
                new Endless(),
                new SelfCaused(),
                new Heavy(),
                a,
                b,
                deep,
                wide,
                tall,
                new Exception("x".repeat(50_000_000)),
                new Exception((String) null),
                new Error("m", new Hostile())));
    }

    @ParameterizedTest
    @MethodSource("hostileNames")
    void nothingThatIsThrownMakesTheWriterThrow(int index) {
        Throwable failure = hostile().get(index);
        for (int max : new int[] {1 << 22, 40_000, 700}) {
            ValueWriter writer = new ValueWriter(marshaller, max);
            writer.reset(10);
            writer.putByte((byte) 9);
            marshaller.writeFailure(failure, writer);
            ValueReader reader = new ValueReader(marshaller);
            reader.wrap(Trip.bytesOf(writer), 10, writer.length() - 10);
            assertEquals(9, reader.getByte());
            Marshaller.Failure arrived = marshaller.readFailure(reader);
            assertEquals(failure.getClass().getName(), arrived.data().typeName());
            assertEquals(0, reader.remaining());
            assertNotNull(new RemoteThrowable(arrived.data()).toString());
        }
    }

    static java.util.stream.IntStream hostileNames() {
        return java.util.stream.IntStream.range(0, 12);
    }

    @Test
    void anOrdinaryFailureArrivesAsDataAndAsTheObject() {
        OrderException thrown = new OrderException(5, List.of("d"), new IOException("disk"));
        thrown.addSuppressed(new IllegalArgumentException("on close"));
        Marshaller.Failure arrived = send(thrown, marshaller);
        RemoteFailure data = arrived.data();
        assertEquals(OrderException.class.getName(), data.typeName());
        assertEquals("order 5", data.message());
        assertEquals(List.of(thrown.getStackTrace()), data.frames());
        assertEquals("disk", data.cause().message());
        assertEquals("on close", data.suppressed().get(0).message());
        assertArrived(thrown, arrived.original());
    }

    private static void assertArrived(OrderException thrown, Throwable original) {
        OrderException same = assertInstanceOf(OrderException.class, original);
        assertEquals("order 5", same.getMessage());
        assertEquals(5, same.order);
        assertEquals(List.of("d"), same.detail);
        assertEquals(List.of(thrown.getStackTrace()), List.of(same.getStackTrace()));
        assertEquals("disk", same.getCause().getMessage());
        assertEquals("on close", same.getSuppressed()[0].getMessage());
        same.addSuppressed(new Exception("may go on"));
    }

    @Test
    void aFailureWhoseObjectCantBeHadIsStillData() {
        Marshaller.Failure arrived = send(new Heavy(), marshaller);
        assertNull(arrived.original());
        assertEquals(Heavy.class.getName(), arrived.data().typeName());
        Marshaller strict = Marshaller.strict(getClass().getClassLoader(), List.of());
        Marshaller.Failure refused = send(new OrderException(5, null, null), strict);
        assertNull(refused.original());
        assertEquals("order 5", refused.data().message());
        assertEquals(
                "m", send(new IllegalStateException("m"), strict).original().getMessage());
    }

    private Marshaller.Failure send(Throwable thrown, Marshaller to) {
        ValueWriter writer = new ValueWriter(marshaller, 1 << 20);
        writer.reset(0);
        marshaller.writeFailure(thrown, writer);
        ValueReader reader = new ValueReader(to);
        reader.wrap(Trip.bytesOf(writer), 0, writer.length());
        return to.readFailure(reader);
    }

    @Test
    void throwablesAreValuesToo() {
        OrderException thrown = new OrderException(5, List.of("d"), new IOException("disk"));
        thrown.addSuppressed(new IllegalArgumentException("on close"));
        Object[] arrived = trip.send(new Object[] {thrown, thrown.getCause()});
        assertArrived(thrown, (Throwable) arrived[0]);
        assertSame(arrived[1], ((Throwable) arrived[0]).getCause());
        for (Exception each : List.of(
                new SQLException("sql", "state", 7), new NoSuchFileException("a", "b", "why"),
                new InvocationTargetException(new IOException("inside")),
                        new java.io.UncheckedIOException(new IOException("u")),
                new ClassNotFoundException("c"), new java.util.MissingResourceException("m", "n", "k"))) {
            Exception same = trip.send(each);
            assertSame(each.getClass(), same.getClass());
            assertEquals(each.getMessage(), same.getMessage());
        }
        assertEquals(7, trip.send(new SQLException("sql", "state", 7)).getErrorCode());
        assertEquals(
                "inside",
                trip.send(new InvocationTargetException(new IOException("inside")))
                        .getCause()
                        .getMessage());
    }

    @Test
    void circlesOfThrowablesArriveClosed() {
        Exception a = new Exception("a");
        Exception b = new Exception("b", a);
        a.initCause(b);
        Exception arrived = trip.send(a);
        assertSame(arrived, arrived.getCause().getCause());
        RuntimeException self = new RuntimeException("self");
        RuntimeException other = new RuntimeException("other");
        self.addSuppressed(other);
        other.addSuppressed(self);
        RuntimeException arrivedSelf = trip.send(self);
        assertSame(arrivedSelf, arrivedSelf.getSuppressed()[0].getSuppressed()[0]);
    }
}
