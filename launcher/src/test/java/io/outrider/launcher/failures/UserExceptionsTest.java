package io.outrider.launcher.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.ErrorCode;
import io.outrider.error.RemoteCallException;
import io.outrider.error.RemoteFailure;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** What user code throws arrives whole, and changes nothing for the next call. */
@Timeout(60)
class UserExceptionsTest extends OnBothTransports {
    private RemoteObject<Thrower> object;
    private Thrower thrower;
    private long pid;

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.jvmArguments("-Xmx64m");
    }

    @BeforeEach
    void make() {
        object = workers().create(Thrower.class, Throwing::new);
        thrower = object.stub();
        pid = thrower.pid();
    }

    @AfterEach
    void letGo() {
        assertEquals(pid, thrower.pid(), "the worker lives");
        object.close();
    }

    private RemoteCallException failure(Executable call) {
        RemoteCallException thrown = assertThrows(RemoteCallException.class, call);
        assertEquals(object.workerId(), thrown.workerId());
        assertEquals(ErrorCode.REMOTE, thrown.code());
        assertTrue(thrown.getMessage().contains("worker " + object.workerId()), thrown::getMessage);
        assertEquals(11, thrower.fine(11), "the next call works");
        return thrown;
    }

    @Test
    void threeFramesDeepWithCauseAndSuppressed() {
        RemoteCallException thrown = failure(() -> thrower.deep("m"));
        RemoteFailure outer = thrown.failure();
        assertEquals("java.lang.IllegalStateException", outer.typeName());
        assertEquals("outer m", outer.message());
        assertFrames(outer, List.of(Throwing.Second.class, Throwing.First.class), "enter");
        StackTraceElement target = outer.frames().get(2);
        assertEquals(Throwing.class.getName() + ".deep", target.getClassName() + "." + target.getMethodName());
        RemoteFailure inner = outer.cause();
        assertEquals("java.io.IOException", inner.typeName());
        assertEquals("inner m", inner.message());
        assertNull(inner.cause());
        assertFrames(inner, List.of(Throwing.Third.class, Throwing.Second.class, Throwing.First.class), "enter");
        assertEquals(1, outer.suppressed().size());
        assertEquals("java.lang.ArithmeticException", outer.suppressed().get(0).typeName());
        assertEquals("suppressed m", outer.suppressed().get(0).message());
        assertFrames(outer.suppressed().get(0), List.of(Throwing.Second.class, Throwing.First.class), "enter");

        assertTrue(thrown.hasOriginal());
        assertInstanceOf(IllegalStateException.class, thrown.getCause());
        assertInstanceOf(IOException.class, thrown.getCause().getCause());
        assertInstanceOf(ArithmeticException.class, thrown.getCause().getSuppressed()[0]);
        String printed = printed(thrown);
        for (String part : List.of(
                "Throwing$Second.enter(Throwing.java:", "Throwing$First.enter(Throwing.java:",
                "Throwing$Third.enter(Throwing.java:", "Caused by: java.io.IOException: inner m",
                "Suppressed: java.lang.ArithmeticException: suppressed m", "worker " + object.workerId())) {
            assertTrue(printed.contains(part), () -> part + " in:\n" + printed);
        }
    }

    private static void assertFrames(RemoteFailure failure, List<Class<?>> classes, String method) {
        for (int i = 0; i < classes.size(); i++) {
            StackTraceElement frame = failure.frames().get(i);
            assertEquals(classes.get(i).getName(), frame.getClassName());
            assertEquals(method, frame.getMethodName());
            assertEquals("Throwing.java", frame.getFileName());
            assertTrue(frame.getLineNumber() > 0, frame::toString);
        }
    }

    private static String printed(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void theSameThroughAFuture() {
        RemoteCallException thrown = failure(() -> Threads.get(object.async(t -> t.deep("f")), Duration.ofSeconds(20)));
        assertEquals("outer f", thrown.failure().message());
        assertEquals("inner f", thrown.failure().cause().message());
        assertEquals(1, thrown.failure().suppressed().size());
    }

    @Test
    void checkedAndOwnAndSneakyExceptions() {
        RemoteCallException checked = failure(() -> thrower.checked("c"));
        assertEquals(
                "c", assertInstanceOf(IOException.class, checked.getCause()).getMessage());
        RemoteCallException own = failure(thrower::ownType);
        assertEquals(42, assertInstanceOf(Thrower.OwnException.class, own.getCause()).code);
        RemoteCallException sneaky = failure(thrower::sneaky);
        assertEquals("java.lang.Throwable", sneaky.failure().typeName());
        RemoteCallException none = failure(thrower::throwsNull);
        assertEquals("java.lang.NullPointerException", none.failure().typeName());
        RemoteCallException ours = failure(thrower::throwsClosed);
        assertEquals("io.outrider.error.ClosedException", ours.failure().typeName(), "user code may throw ours");
        assertEquals("thrown by the user's code", ours.failure().message());
    }

    @Test
    void aCycleOfCausesIsCut() {
        RemoteCallException thrown = failure(thrower::cyclicCause);
        assertEquals("one", thrown.failure().message());
        assertEquals("two", thrown.failure().cause().message());
        assertTrue(printed(thrown).contains("two"));
    }

    @Test
    void anExceptionThatHoldsWhatCannotBeSentArrivesAsData() {
        RemoteCallException thrown = failure(thrower::unsendableInside);
        assertEquals(Thrower.HoldingException.class.getName(), thrown.failure().typeName());
        assertEquals("holds a thread", thrown.failure().message());
        assertFalse(thrown.failure().frames().isEmpty());
    }

    @Test
    void aStackOverflowComesBackAsAFailureOfTheCall() {
        for (int i = 0; i < 3; i++) {
            RemoteCallException thrown = failure(() -> thrower.overflow(0));
            assertEquals("java.lang.StackOverflowError", thrown.failure().typeName());
            assertTrue(thrown.failure().frames().stream()
                    .anyMatch(frame -> frame.getMethodName().equals("overflow")));
        }
    }

    @Test
    void exhaustedMemoryComesBackAsAFailureOfTheCall() {
        for (int i = 0; i < 3; i++) {
            RemoteCallException thrown = failure(() -> thrower.exhaust());
            assertEquals("java.lang.OutOfMemoryError", thrown.failure().typeName());
        }
    }

    @Test
    void manyFailuresInARow() {
        for (int i = 0; i < 3_000; i++) {
            assertThrows(RemoteCallException.class, () -> thrower.checked("again"));
        }
        assertEquals(1, thrower.fine(1));
    }
}
