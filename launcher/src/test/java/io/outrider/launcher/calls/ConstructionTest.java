package io.outrider.launcher.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteObject;
import io.outrider.error.ContractException;
import io.outrider.error.RemoteCallException;
import io.outrider.error.SerializationException;
import io.outrider.launcher.support.OnBothTransports;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Objects are made by a class and the arguments of a constructor, chosen as a compiler would choose it. */
@Timeout(60)
class ConstructionTest extends OnBothTransports {
    interface Made {
        String by();

        default boolean closed() {
            return Recording.CLOSED.get();
        }
    }

    static class Recording implements Made, AutoCloseable {
        static final AtomicBoolean CLOSED = new AtomicBoolean();
        private final String by;

        Recording() {
            by = "()";
        }

        Recording(int number) {
            by = "(int " + number + ")";
        }

        Recording(String text) {
            by = "(String " + text + ")";
        }

        Recording(Object any, String text) {
            by = "(Object, String)";
        }

        Recording(CharSequence any, CharSequence text) {
            by = "(CharSequence, CharSequence)";
        }

        private Recording(List<String> names, long number) {
            by = "(List " + names + ", long " + number + ")";
        }

        Recording(boolean fail, int code, String message) {
            throw new IllegalArgumentException(message + code + fail);
        }

        @Override
        public String by() {
            return by;
        }

        @Override
        public void close() {
            CLOSED.set(true);
        }
    }

    abstract static class Unfinished implements Made {}

    private String made(Object... arguments) {
        try (RemoteObject<Made> object = workers().create(Made.class, Recording.class, arguments)) {
            return object.stub().by();
        }
    }

    @Test
    void theConstructorThatFitsIsTaken() {
        assertEquals("()", made());
        assertEquals("(int 7)", made(7));
        assertEquals("(String x)", made("x"));
        assertEquals("(String null)", made((Object) null));
        assertEquals("(Object, String)", made(3, "x"));
        assertEquals("(List [a, b], long 5)", made(List.of("a", "b"), 5L));
    }

    @Test
    void noneAndMoreThanOneAreRefusedWithTheChoice() {
        ContractException none = assertThrows(ContractException.class, () -> made(1.5));
        assertTrue(
                none.getMessage().contains("no constructor")
                        && none.getMessage().contains("java.lang.Double")
                        && none.getMessage().contains("Recording(int)"),
                none::getMessage);
        ContractException both = assertThrows(ContractException.class, () -> made("a", "b"));
        assertTrue(both.getMessage().contains("more than one"), both::getMessage);
        ContractException unfinished =
                assertThrows(ContractException.class, () -> workers().create(Made.class, Unfinished.class));
        assertTrue(unfinished.getMessage().contains("abstract"), unfinished::getMessage);
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"}) // to pass what the compiler would refuse
    void aClassThatDoesNotImplementTheContractIsRefused() {
        ContractException wrong =
                assertThrows(ContractException.class, () -> workers().create((Class) Made.class, (Class) String.class));
        assertTrue(
                wrong.getMessage().contains("java.lang.String")
                        && wrong.getMessage().contains("Made"),
                wrong::getMessage);
    }

    @Test
    void whatAConstructorThrowsArrives() {
        RemoteCallException thrown = assertThrows(RemoteCallException.class, () -> made(true, 5, "bad "));
        assertEquals("bad 5true", thrown.failure().message());
        assertEquals("java.lang.IllegalArgumentException", thrown.failure().typeName());
    }

    @Test
    void argumentsThatCannotBeSentAreRefusedHere() {
        assertThrows(SerializationException.class, () -> made(Thread.currentThread(), "x"));
        assertEquals("()", made());
    }

    @Test
    void whatCanBeClosedIsClosedWhenItIsLetGo() {
        workers().create(Made.class, Recording.class).close();
        try (RemoteObject<Made> object = workers().create(Made.class, Recording.class)) {
            io.outrider.testkit.Await await = new io.outrider.testkit.Await(java.time.Duration.ofSeconds(20));
            await.until("the object closed", () -> object.stub().closed());
        }
    }
}
