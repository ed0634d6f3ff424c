package io.outrider.launcher.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.SerializationException;
import io.outrider.launcher.support.OnBothTransports;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** In strict mode only registered types cross, in both directions; others are refused by name. */
@Timeout(60)
class StrictTypesTest extends OnBothTransports {
    record Allowed(int number, List<String> names) {}

    record Unknown(int number) {}

    interface Gate {
        int received();

        Object in(Object value);

        Object out(boolean known);
    }

    static final class Keeper implements Gate {
        private int received;

        @Override
        public int received() {
            return received;
        }

        @Override
        public Object in(Object value) {
            received++;
            return value;
        }

        @Override
        public Object out(boolean known) {
            received++;
            return known ? new Allowed(1, List.of("n")) : new Unknown(2);
        }
    }

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.strictTypes(Allowed.class, Keeper.class);
    }

    @Test
    void registeredAndBuiltInTypesCross() {
        try (RemoteObject<Gate> gate = workers().create(Gate.class, Keeper.class)) {
            Allowed allowed = new Allowed(7, List.of("a", "b"));
            assertEquals(allowed, gate.stub().in(allowed));
            assertEquals(Map.of("k", allowed), gate.stub().in(Map.of("k", allowed)));
            assertEquals(List.of(1, "two", 3.0), gate.stub().in(List.of(1, "two", 3.0)));
            assertEquals(new Allowed(1, List.of("n")), gate.stub().out(true));
        }
    }

    @Test
    void anUnknownArgumentIsRefusedByNameInTheCaller() {
        try (RemoteObject<Gate> gate = workers().create(Gate.class, Keeper.class)) {
            for (Object value : List.of(new Unknown(1), List.of(new Unknown(1)), Map.of("k", new Unknown(1)))) {
                SerializationException refused = assertThrows(
                        SerializationException.class, () -> gate.stub().in(value));
                assertTrue(refused.getMessage().contains(Unknown.class.getName()), refused::getMessage);
            }
            assertEquals(0, gate.stub().received(), "nothing reached the worker");
        }
    }

    @Test
    void anUnknownResultIsRefusedByNameInTheWorker() {
        try (RemoteObject<Gate> gate = workers().create(Gate.class, Keeper.class)) {
            for (int i = 0; i < 5; i++) {
                SerializationException refused = assertThrows(
                        SerializationException.class, () -> gate.stub().out(false));
                assertTrue(refused.getMessage().contains(Unknown.class.getName()), refused::getMessage);
            }
            assertEquals(5, gate.stub().received());
        }
    }

    @Test
    void anUnregisteredFactoryIsRefused() {
        SerializationException refused = assertThrows(
                SerializationException.class, () -> workers().create(Gate.class, new UnregisteredFactory()));
        assertTrue(refused.getMessage().contains(UnregisteredFactory.class.getName()), refused::getMessage);
    }

    static final class UnregisteredFactory implements io.outrider.api.RemoteFactory<Keeper> {
        private static final long serialVersionUID = 1L;

        @Override
        public Keeper create() {
            return new Keeper();
        }
    }
}
