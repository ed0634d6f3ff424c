package io.outrider.marshal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.error.SerializationException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One marshaller for many threads; class loaders; the bytes that both sides must agree on. */
@Timeout(60)
class MarshallerTest {
    record Order(int id, String name, List<Object> parts) {}

    @Test
    void manyThreadsShareIt() throws Exception {
        Marshaller marshaller = Marshaller.open(getClass().getClassLoader());
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int thread = t;
                tasks.add(() -> {
                    Trip trip = new Trip(marshaller, marshaller);
                    for (int i = 0; i < 2_000; i++) {
                        if (i % 50 == thread) {
                            assertThrows(SerializationException.class, () -> trip.encode(List.of(new Thread("no"))));
                        }
                        Order order = new Order(i, "order " + thread, List.of(i, Map.of("thread", thread)));
                        assertEquals(order, trip.send(order));
                    }
                    return null;
                });
            }
            for (Future<Void> each : pool.invokeAll(tasks)) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aMissingClassIsNamed() {
        byte[] bytes = Trip.open().encode(new Order(1, "n", List.of()));
        Marshaller elsewhere = Marshaller.open(ClassLoader.getPlatformClassLoader());
        Thread thread = Thread.currentThread();
        ClassLoader context = thread.getContextClassLoader();
        try {
            thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
            SerializationException e =
                    assertThrows(SerializationException.class, () -> new Trip(elsewhere, elsewhere).decode(bytes));
            assertTrue(
                    e.getMessage().contains("the class " + Order.class.getName() + " can't be loaded"), e.getMessage());
        } finally {
            thread.setContextClassLoader(context);
        }
    }

    @Test
    void theContextClassLoaderIsAskedNext() {
        Marshaller platform = Marshaller.open(ClassLoader.getPlatformClassLoader());
        assertSame(
                Order.class,
                new Trip(platform, platform).send(new Order(1, "n", List.of())).getClass());
    }

    /** These bytes change only together with {@code TypeTable.FORMAT}. */
    @Test
    void theBytesOfGraphsAreThose() {
        Object[] graph = {
            1, "a", null, new int[] {5}, List.of(2L, true), new ArrayList<>(List.of('c')), Map.of("k", 1.5)
        };
        assertArrayEquals(
                HexFormat.of()
                        .parseHex(
                                "2f000000025101074d025b01036100570101050000003201024e0449010301014c63003401015b01036b50000000000000f83f"),
                Trip.open().encode(graph),
                () -> HexFormat.of().formatHex(Trip.open().encode(graph)));
    }
}
