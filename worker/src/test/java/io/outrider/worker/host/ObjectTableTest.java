package io.outrider.worker.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.contract.Contract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ids are never used again, and what is not there is not found. */
@Timeout(60)
class ObjectTableTest {
    private final ObjectTable table = new ObjectTable();

    private HostedObject add(Runnable target) {
        return table.add(target, Contract.of(Runnable.class), 1, Runnable::run);
    }

    @Test
    void idsAreNeverUsedAgain() {
        Set<Long> seen = new HashSet<>();
        Random random = new Random(5);
        List<HostedObject> living = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (!living.isEmpty() && random.nextInt(100) < 49) {
                HostedObject removed = living.remove(random.nextInt(living.size()));
                assertSame(removed, table.remove(removed.id()));
                assertNull(table.find(removed.id()));
                assertNull(table.remove(removed.id()), "only once");
            } else {
                Runnable target = () -> {};
                HostedObject added = add(target);
                assertTrue(seen.add(added.id()), () -> "again: " + added.id());
                assertSame(added, table.find(added.id()));
                assertSame(target, added.target());
                living.add(added);
            }
            assertEquals(living.size(), table.count());
        }
        living.forEach(each -> assertSame(each, table.find(each.id())));
        Set<Long> visited = new HashSet<>();
        table.forEach(each -> visited.add(each.id()));
        assertEquals(living.size(), visited.size());
    }

    @Test
    void memoryOfObjectsThatAreGoneIsGivenBackAndIdsGoOn() {
        int before = table.capacity();
        List<HostedObject> kept = List.of(add(() -> {}), add(() -> {}));
        Set<Long> seen = new HashSet<>();
        for (int round = 0; round < 3; round++) {
            List<HostedObject> many = new ArrayList<>();
            for (int i = 0; i < 50_000; i++) {
                HostedObject added = add(new Thread());
                assertTrue(seen.add(added.id()), () -> "again: " + added.id());
                many.add(added);
            }
            Collections.shuffle(many, new Random(round));
            many.forEach(each -> table.remove(each.id()));
            seen.forEach(id -> assertNull(table.find(id)));
            assertEquals(kept.size(), table.count());
            assertTrue(table.capacity() <= 50_000 / 8, () -> "room for " + table.capacity() + " after " + before);
        }
        kept.forEach(each -> assertSame(each, table.find(each.id())));
    }

    @Test
    void theFirstIdsAreThoseOfTheSystem() {
        assertEquals(0, add(() -> {}).id());
        assertEquals(1, add(() -> {}).id());
    }

    @Test
    void garbageIsNotFound() {
        add(() -> {});
        for (long id :
                new long[] {-1, 1, 63, 64, 65, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32, 0xFFFF_FFFFL, 1L << 31}) {
            assertNull(table.find(id), Long.toHexString(id));
            assertNull(table.remove(id), Long.toHexString(id));
        }
        assertNotNull(table.find(0));
        assertEquals(1, table.count());
    }

    @Test
    void readersNeverSeeAnotherObjectUnderAnId() throws InterruptedException {
        ConcurrentHashMap<Long, Runnable> targets = new ConcurrentHashMap<>();
        AtomicBoolean stop = new AtomicBoolean();
        AtomicBoolean wrong = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            while (!stop.get()) {
                targets.forEach((id, target) -> {
                    HostedObject found = table.find(id);
                    if (found != null && (found.id() != id || found.target() != target)) {
                        wrong.set(true);
                    }
                });
            }
        });
        reader.start();
        for (int i = 0; i < 20_000; i++) {
            Runnable target = new Thread();
            HostedObject added = add(target);
            targets.put(added.id(), target);
            if (i % 3 != 0) {
                table.remove(added.id());
                targets.remove(added.id());
            }
            if (targets.size() > 500) {
                targets.keySet().forEach(table::remove);
                targets.clear();
            }
        }
        stop.set(true);
        reader.join();
        assertTrue(!wrong.get());
    }
}
