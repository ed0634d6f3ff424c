package io.outrider.manager;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.actor.ActorSecret;
import io.outrider.api.ReturnsProxy;
import io.outrider.error.AuthenticationException;
import io.outrider.error.CallRejectedException;
import io.outrider.error.ClosedException;
import io.outrider.launcher.support.Threads;
import io.outrider.manager.sync.SharedEvent;
import io.outrider.manager.sync.SharedLock;
import io.outrider.stub.Proxies;
import io.outrider.testkit.JavaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each type that a manager makes does what its like in one process does. */
@Timeout(60)
class TypesTest extends OnBothManagers {
    /** A type of the user's. */
    interface Counter {
        int next();

        long pid();

        Iterator<Integer> upTo(int limit);

        int sum(Iterator<Integer> numbers);

        @ReturnsProxy
        Counter another();
    }

    static final class Counting implements Counter {
        private int count;

        @Override
        public int next() {
            return ++count;
        }

        @Override
        public long pid() {
            return ProcessHandle.current().pid();
        }

        @Override
        public Iterator<Integer> upTo(int limit) {
            return IntStream.range(0, limit).iterator();
        }

        @Override
        public int sum(Iterator<Integer> numbers) {
            int sum = 0;
            while (numbers.hasNext()) {
                sum += numbers.next();
            }
            return sum;
        }

        @Override
        public Counter another() {
            return new Counting();
        }
    }

    @Test
    void aListSortsReversesAndPops() {
        SharedList<Integer> list = manager().list();
        list.addAll(List.of(3, 1, 2));
        list.sort(null);
        assertEquals(List.of(1, 2, 3), list);
        list.sort((a, b) -> b - a);
        assertEquals(List.of(3, 2, 1), list.snapshot());
        assertEquals(1, list.remove(2));
        assertEquals("[3, 2]", list.toString());
        IndexOutOfBoundsException out = assertThrows(IndexOutOfBoundsException.class, () -> list.get(2));
        assertTrue(
                Arrays.stream(out.getStackTrace())
                        .anyMatch(
                                frame -> frame.getClassName().equals(getClass().getName())),
                "the caller's frames are there too");
        assertEquals(5, list.stream().mapToInt(Integer::intValue).sum());
    }

    @Test
    void aMapCopiesAndPopsAnItem() {
        ConcurrentMap<String, Integer> map = manager().map();
        assertNull(map.put("one", 1));
        assertEquals(1, map.put("one", 2));
        assertNull(map.putIfAbsent("two", 2));
        assertEquals(Map.of("one", 2, "two", 2), ((SharedMap<String, Integer>) map).snapshot());
        Iterator<Map.Entry<String, Integer>> items = map.entrySet().iterator();
        Map.Entry<String, Integer> popped = items.next();
        items.remove();
        assertEquals(1, map.size());
        assertFalse(map.containsKey(popped.getKey()));
        assertTrue(map.remove(popped.getKey().equals("one") ? "two" : "one", 2));
        assertTrue(map.isEmpty());
        assertThrows(NullPointerException.class, () -> map.put("null", null));
    }

    @Test
    void aSetKeepsTheOrderInWhichItsElementsCame() {
        SharedSet<String> set = manager().set();
        assertTrue(set.addAll(List.of("b", "a", "c")));
        assertFalse(set.add("a"));
        assertTrue(set.removeIf(each -> each.equals("b")));
        assertEquals(List.of("a", "c"), new ArrayList<>(set));
        assertTrue(set.retainAll(List.of("c", "d")));
        assertEquals(1, set.size());
    }

    @Test
    void aQueueOfTwoIsFullAndIsEmpty() throws InterruptedException {
        SharedQueue<Integer> queue = manager().queue(2);
        assertTrue(queue.offer(5));
        queue.put(6);
        assertEquals(0, queue.remainingCapacity());
        assertFalse(queue.offer(7));
        assertFalse(queue.offer(7, 1, TimeUnit.MILLISECONDS));
        assertThrows(IllegalStateException.class, () -> queue.add(7));
        assertEquals(5, queue.take());
        assertEquals(6, queue.poll(1, TimeUnit.SECONDS));
        assertNull(queue.poll());
        assertNull(queue.poll(1, TimeUnit.MILLISECONDS));
        assertThrows(NoSuchElementException.class, queue::remove);
        assertEquals(2, queue.unfinished());
        assertFalse(queue.join(1, TimeUnit.MILLISECONDS));
        queue.taskDone();
        queue.taskDone();
        assertTrue(queue.join(1, TimeUnit.SECONDS));
        assertThrows(IllegalStateException.class, queue::taskDone);
    }

    @Test
    void aQueueIsDrainedInOneGo() {
        SharedQueue<Integer> queue = manager().queue(5);
        queue.addAll(List.of(1, 2, 3, 4, 5));
        List<Integer> drained = new ArrayList<>();
        assertEquals(2, queue.drainTo(drained, 2));
        assertEquals(0, queue.drainTo(drained, 0));
        assertEquals(3, queue.drainTo(drained));
        assertEquals(0, queue.drainTo(drained));
        assertEquals(List.of(1, 2, 3, 4, 5), drained);
        assertEquals(5, queue.unfinished(), "it was taken, and is not done");
        assertTrue(queue.offer(6), "there is room again");
        assertThrows(IllegalArgumentException.class, () -> queue.drainTo(queue));
        assertThrows(NullPointerException.class, () -> queue.drainTo(null));
        assertEquals(1, queue.size());
    }

    @Test
    void aNumberCounts() {
        SharedLong number = manager().number(1);
        assertEquals(2, number.incrementAndGet());
        assertEquals(2, number.getAndSet(10));
        assertFalse(number.compareAndSet(2, 3));
        assertEquals(20, number.updateAndGet(n -> 2 * n));
        number.set(Long.MIN_VALUE);
        assertEquals(Long.MIN_VALUE, number.get());
    }

    @Test
    void aValueIsComparedByEquals() {
        SharedReference<String> value = manager().value(null);
        assertNull(value.get());
        assertTrue(value.compareAndSet(null, "a"));
        assertTrue(value.compareAndSet(new String("a"), "b"));
        assertEquals("b", value.getAndSet("c"));
        assertEquals("cc", value.updateAndGet(text -> text + text));
    }

    @Test
    void anArrayHoldsWhatItsTypeCan() {
        SharedArray<long[]> longs = manager().array(new long[] {0, 1});
        assertEquals(1, longs.getLong(1));
        longs.setLong(0, 41);
        assertEquals(42, longs.addAndGet(0, 1));
        assertArrayEquals(new long[] {42, 1}, longs.snapshot());
        longs.write(1, new long[] {7});
        assertArrayEquals(new long[] {7}, longs.copy(1, 2));
        assertThrows(ArrayIndexOutOfBoundsException.class, () -> longs.getLong(2));

        SharedArray<byte[]> bytes = manager().array(new byte[] {127});
        assertThrows(ArithmeticException.class, () -> bytes.addAndGet(0, 1));
        SharedArray<double[]> doubles = manager().array(new double[3]);
        doubles.setDouble(2, 0.5);
        assertEquals(0.5, doubles.getDouble(2));
        assertThrows(IllegalArgumentException.class, () -> doubles.setLong(0, 1));
        assertThrows(IllegalArgumentException.class, () -> doubles.getLong(0));
        SharedArray<boolean[]> flags = manager().array(new boolean[1]);
        flags.setBoolean(0, true);
        assertTrue(flags.getBoolean(0));
        assertThrows(IllegalArgumentException.class, () -> manager().array(new String[1]));
    }

    @Test
    void aNamespaceKeepsValuesByName() {
        SharedNamespace names = manager().namespace();
        names.set("x", 10);
        names.set("y", List.of("hello"));
        assertEquals(10, names.get("x", Integer.class));
        assertEquals(Map.of("x", 10, "y", List.of("hello")), names.snapshot());
        assertThrows(ClassCastException.class, () -> names.get("x", String.class));
        assertEquals(10, names.remove("x"));
        assertFalse(names.has("x"));
        assertThrows(NoSuchElementException.class, () -> names.get("x", Integer.class));
    }

    @Test
    void aPoolRunsTasksInTheWorker() throws Exception {
        SharedPool pool = manager().pool(2);
        long pid = Threads.get(pool.submit(() -> ProcessHandle.current().pid()), Duration.ofSeconds(20));
        assertNotEquals(ProcessHandle.current().pid(), pid);
        List<Integer> squares =
                pool.map(n -> n * n, IntStream.range(0, 10).boxed().toList());
        assertEquals(List.of(0, 1, 4, 9, 16, 25, 36, 49, 64, 81), squares);
        assertThrows(ArithmeticException.class, () -> pool.map(n -> 1 / n, List.of(1, 0)));
        assertThrows(
                ExecutionException.class,
                () -> pool.mapAsync(n -> 1 / n, List.of(0)).get());
        manager().release(pool);
        assertThrows(ClosedException.class, () -> pool.submit(() -> 1));
    }

    @Test
    void anIteratorRunsInTheWorker() {
        Iterator<Integer> squares =
                manager().iterator(() -> IntStream.range(0, 10).map(n -> n * n).iterator());
        List<Integer> found = new ArrayList<>();
        squares.forEachRemaining(found::add);
        assertEquals(List.of(0, 1, 4, 9, 16, 25, 36, 49, 64, 81), found);
        assertFalse(squares.hasNext());
        assertFalse(squares.hasNext());
        assertThrows(NoSuchElementException.class, squares::next);

        Iterator<Integer> batched =
                manager().iterator(() -> IntStream.range(0, 5).iterator(), 2);
        List<Integer> all = new ArrayList<>();
        batched.forEachRemaining(all::add);
        assertEquals(List.of(0, 1, 2, 3, 4), all);
    }

    @Test
    void aListShowsChangesToItsIterators() {
        SharedList<Integer> list = manager().list();
        list.addAll(List.of(1, 2, 3));
        Iterator<Integer> each = list.iterator();
        assertEquals(1, each.next());
        list.set(1, 20);
        list.add(4);
        assertEquals(20, each.next());
        assertEquals(3, each.next());
        assertEquals(4, each.next());
        assertFalse(each.hasNext());
        list.add(5);
        assertEquals(5, each.next());
    }

    @Test
    void aMapThatGrowsUnderAnIteratorOfItsOwnFailsInTheWorker() {
        Iterator<Integer> keys = manager().iterator(() -> {
            Map<Integer, Integer> map = new HashMap<>(Map.of(1, 1, 2, 2));
            Iterator<Integer> inner = map.keySet().iterator();
            return IntStream.range(0, 2)
                    .map(i -> {
                        int key = inner.next();
                        map.put(key + 10, 0);
                        return key;
                    })
                    .iterator();
        });
        assertThrows(ConcurrentModificationException.class, () -> {
            keys.next();
            keys.next();
        });
    }

    @Test
    void aTypeOfTheUsersIsMadeByName() {
        manager().register("counter", Counter.class, Counting::new);
        Counter one = manager().create("counter", Counter.class);
        Counter other = manager().create("counter", Counter.class);
        assertEquals(1, one.next());
        assertEquals(2, one.next());
        assertEquals(1, other.next());
        assertEquals(workers().workers().get(manager().workerId()).pid(), one.pid());
        assertThrows(IllegalArgumentException.class, () -> manager().register("counter", Counter.class, Counting::new));
        assertThrows(IllegalArgumentException.class, () -> manager().create("none", Counter.class));
        assertThrows(IllegalArgumentException.class, () -> manager().create("counter", Runnable.class));
        manager().release(one);
        assertThrows(ClosedException.class, one::next);
        assertThrows(IllegalArgumentException.class, () -> manager().release(one));
        assertEquals(2, other.next());
    }

    @Test
    void codeInTheWorkerItselfUsesTypesAsOthersDo() throws Exception {
        manager().register("counter", Counter.class, Counting::new);
        Counter counter = manager().create("counter", Counter.class);
        SharedList<List<Integer>> list = manager().list();
        String found = manager()
                .pool(1)
                .submit(() -> {
                    List<Integer> mine = new ArrayList<>(List.of(1));
                    list.add(mine);
                    mine.add(2);
                    assertThrows(IndexOutOfBoundsException.class, () -> list.get(1));
                    Counter another = counter.another();
                    return counter.sum(counter.upTo(4)) + " " + counter.next() + " " + another.next() + " "
                            + Proxies.isProxy(counter) + " " + Proxies.isProxy(another);
                })
                .get(20, TimeUnit.SECONDS);
        assertEquals("6 1 1 true false", found);
        assertEquals(2, counter.next());
        assertEquals(List.of(List.of(1)), list, "what is put in is copied");
    }

    @Test
    void aManagerOfItsOwnIsConnectedToAndEndsItsWorker(@TempDir Path directory) throws Exception {
        Manager own = Managers.start(settings().conclude());
        SharedMap<String, Integer> stock = own.map();
        SharedLock lock = own.lock();
        SharedEvent came = own.event();
        stock.put("bolts", 5);
        own.names().set("stock", stock);
        own.names().set("lock", lock);
        own.names().set("came", came);
        own.names().set("never", own.event());
        Path secret = directory.resolve("secret");
        Files.write(secret, own.secret().toBytes());
        try (JavaProcess visitor = JavaProcess.start(Visitor.class, own.address(), secret.toString())) {
            assertTrue(came.await(20, TimeUnit.SECONDS), () -> visitor.output().toString());
            assertTrue(lock.isLocked());
            assertEquals(5, own.names().get("found", Integer.class));
            assertEquals(stock, own.names().get("stock of the visitor", SharedMap.class));
        }
        assertTrue(lock.tryLock(20, TimeUnit.SECONDS), "it was killed");
        assertTrue(lock.isBroken());
        String address = own.address();
        byte[] wrong = own.secret().toBytes();
        wrong[0] ^= 1;
        assertThrows(AuthenticationException.class, () -> Managers.connect(address, ActorSecret.of(wrong)));
        own.close();
        own.close();
        assertThrows(ClosedException.class, () -> stock.get("bolts"));
    }

    @Test
    void aManagerInAWorkerOfAnExecutorCannotBeConnectedTo() {
        assertThrows(CallRejectedException.class, () -> manager().names());
        assertThrows(CallRejectedException.class, () -> manager().address());
        assertThrows(CallRejectedException.class, () -> manager().secret());
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> manager().queue(0));
        assertThrows(IllegalArgumentException.class, () -> manager().barrier(0));
        assertThrows(IllegalArgumentException.class, () -> manager().semaphore(-1));
        assertThrows(IllegalArgumentException.class, () -> manager().pool(0));
        assertThrows(
                io.outrider.error.ConfigurationException.class,
                () -> Managers.start(settings().workers(2).conclude()));
    }
}
