package io.outrider.launcher.failures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.SerializationException;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.launcher.support.Threads;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What can't be sent fails its own call and no other. */
@Timeout(60)
class UnsendableTest extends OnBothTransports {
    private static final int TIMES = 20;

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.maxInFlight(4); // so that a slot that is lost is missed
    }

    @Test
    void anArgumentThatCannotBeSentFailsInTheCaller() {
        try (RemoteObject<Thrower> object = workers().create(Thrower.class, Throwing::new)) {
            Thrower thrower = object.stub();
            long pid = thrower.pid();
            List<Object> unsendable = List.of(
                    Thread.currentThread(),
                    new Thrower.Holder(Thread.currentThread()),
                    List.of("x", new Thrower.Holder(getClass().getClassLoader())),
                    Map.of("k", Thread.currentThread()));
            for (int i = 0; i < TIMES; i++) {
                Object value = unsendable.get(i % unsendable.size());
                SerializationException refused = assertThrows(SerializationException.class, () -> thrower.take(value));
                assertTrue(
                        refused.getMessage().contains("Thread")
                                || refused.getMessage().contains("ClassLoader"),
                        refused::getMessage);
                assertThrows(SerializationException.class, () -> thrower.take(1, Arrays.asList("fine", value)));
                assertThrows(SerializationException.class, () -> object.async(t -> t.take(value)));
            }
            assertEquals(0, thrower.received(), "nothing reached the worker");
            assertEquals(1, thrower.take("what can be sent"));
            assertEquals(pid, thrower.pid());
        }
    }

    @Test
    void aResultThatCannotBeSentFailsThatCallOnly() {
        try (RemoteObject<Thrower> object = workers().create(Thrower.class, Throwing::new)) {
            Thrower thrower = object.stub();
            long pid = thrower.pid();
            for (int i = 0; i < TIMES; i++) {
                int kind = i;
                SerializationException refused =
                        assertThrows(SerializationException.class, () -> thrower.unsendable(kind));
                assertTrue(
                        refused.getMessage().contains("Thread")
                                || refused.getMessage().contains("ClassLoader"),
                        refused::getMessage);
                assertTrue(refused.getMessage().contains("worker " + object.workerId()), refused::getMessage);
                assertEquals(kind, thrower.fine(kind));
                assertEquals(pid, thrower.pid());
            }
            for (int i = 0; i < TIMES; i++) {
                int kind = i;
                assertThrows(
                        SerializationException.class,
                        () -> Threads.get(object.async(t -> t.unsendable(kind)), Duration.ofSeconds(20)));
            }
            assertEquals(2 * TIMES, thrower.received(), "the methods ran");
            assertEquals(pid, thrower.pid());
        }
    }
}
