package io.outrider.marshal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.error.SerializationException;
import java.util.*;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shared objects arrive shared, cycles arrive closed, and what can't be closed is refused by the sender. */
@Timeout(60)
class IdentityTest {
    private final Marshaller marshaller = Marshaller.open(getClass().getClassLoader());
    private final Trip trip = new Trip(marshaller, marshaller);

    static final class Node {
        String name = "node";
        Object next;
        transient Object forgotten;
    }

    record Link(Object to) {}

    @Test
    void aSharedObjectArrivesOnce() {
        List<Object> shared = new ArrayList<>(List.of(1));
        Object[] arrived = trip.send(new Object[] {shared, Map.of("k", shared), List.of(shared), new Link(shared)});
        assertSame(arrived[0], ((Map<?, ?>) arrived[1]).get("k"));
        assertSame(arrived[0], ((List<?>) arrived[2]).get(0));
        assertSame(arrived[0], ((Link) arrived[3]).to());
        assertEquals(shared, arrived[0]);
    }

    @Test
    void equalObjectsStayApart() {
        Object[] arrived = trip.send(new Object[] {new ArrayList<>(), new ArrayList<>()});
        assertNotSame(arrived[0], arrived[1]);
    }

    @Test
    void objectsKeepTheirIdentityThroughOneMessage() {
        List<Object> shared = new ArrayList<>(List.of("x"));
        ValueWriter writer = new ValueWriter(marshaller, Trip.MAX_BYTES);
        ValueReader reader = new ValueReader(marshaller);
        for (int message = 0; message < 3; message++) {
            writer.reset(8);
            writer.putObject(shared);
            writer.putInt(message);
            writer.putObject(Map.of("again", shared));
            writer.putObject(null);
            writer.putObject(new IllegalStateException("third"));
            DirectBuffer bytes = Trip.bytesOf(writer);
            reader.wrap(bytes, 8, bytes.capacity() - 8);
            Object first = reader.getObject();
            assertEquals(message, reader.getInt());
            assertSame(first, ((Map<?, ?>) reader.getObject()).get("again"));
            assertEquals(null, reader.getObject());
            assertEquals("third", ((Throwable) reader.getObject()).getMessage());
            assertEquals(0, reader.remaining());
        }
    }

    @Test
    void anUnfinishedMessageLeavesNothingBehind() {
        List<Object> shared = new ArrayList<>(List.of("x"));
        ValueWriter writer = new ValueWriter(marshaller, Trip.MAX_BYTES);
        ValueReader reader = new ValueReader(marshaller);
        writer.reset(0);
        writer.putObject(shared);
        writer.putObject(shared);
        reader.wrap(Trip.bytesOf(writer), 0, writer.length());
        reader.getObject();
        writer.reset(0);
        writer.putObject(shared);
        reader.wrap(Trip.bytesOf(writer), 0, writer.length());
        assertEquals(shared, reader.getObject());
    }

    @Test
    void cyclesArriveClosed() {
        Node node = new Node();
        node.forgotten = node;
        node.next = new Object[] {Map.of("back", node), List.of(node)};
        Node arrived = trip.send(node);
        Object[] array = (Object[]) arrived.next;
        assertSame(arrived, ((Map<?, ?>) array[0]).get("back"));
        assertSame(arrived, ((List<?>) array[1]).get(0));
        assertEquals(null, arrived.forgotten);
    }

    @Test
    void containersMayHoldThemselves() {
        for (Collection<Object> each : List.of(
                new ArrayList<>(),
                new LinkedList<>(),
                new ArrayDeque<>(),
                Collections.synchronizedList(new ArrayList<>()))) {
            each.add(each);
            Collection<Object> arrived = trip.send(each);
            assertSame(arrived, arrived.iterator().next());
        }
        Object[] array = new Object[1];
        array[0] = array;
        Object[] arrivedArray = trip.send(array);
        assertSame(arrivedArray, arrivedArray[0]);
        Map<Object, Object> map = new IdentityHashMap<>();
        map.put(map, map);
        Map<Object, Object> arrivedMap = trip.send(map);
        assertSame(arrivedMap, arrivedMap.get(arrivedMap));
        AtomicReference<Object> reference = new AtomicReference<>();
        reference.set(List.of(reference));
        AtomicReference<Object> arrivedReference = trip.send(reference);
        assertSame(arrivedReference, ((List<?>) arrivedReference.get()).get(0));
        List<Object> backing = new ArrayList<>();
        List<Object> frozen = Collections.unmodifiableList(backing);
        backing.add(frozen);
        List<Object> arrivedFrozen = trip.send(frozen);
        assertSame(arrivedFrozen, arrivedFrozen.get(0));
    }

    @Test
    void aCycleThroughAnImmutableIsRefusedBeforeItLeaves() {
        List<Object> open = new ArrayList<>();
        Link link = new Link(open);
        open.add(link);
        SerializationException e = assertThrows(SerializationException.class, () -> trip.encode(link));
        assertTrue(
                e.getMessage().contains("a cycle runs through an immutable " + Link.class.getName()), e.getMessage());
        assertTrue(e.getMessage().contains(".to[0]"), e.getMessage());
        // The same two objects entered from the other side can be rebuilt.
        List<Object> arrived = trip.send(open);
        assertSame(arrived, ((Link) arrived.get(0)).to());
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_150})
    void aLongChainArrives(int length) {
        Node head = chain(length);
        Node arrived = trip.send(head);
        int count = 0;
        for (Object each = arrived; each != null; each = ((Node) each).next) {
            count++;
        }
        assertEquals(length, count);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_250, 100_000})
    void aChainThatIsTooLongIsRefusedWithTheLimit(int length) throws InterruptedException {
        Node head = chain(length);
        // With stack to spare, so that it is the limit that ends it.
        Throwable e = thrownInThread(8 << 20, head);
        assertInstanceOf(SerializationException.class, e);
        assertTrue(e.getMessage().contains("more than 1200 deep"), e.getMessage());
    }

    @Test
    void aSmallStackEndsInAnErrorThatSaysSo() throws InterruptedException {
        Throwable e = thrownInThread(200_000, chain(1_150));
        assertInstanceOf(SerializationException.class, e);
        assertTrue(e.getMessage().contains("too deep for the stack"), e.getMessage());
    }

    private Throwable thrownInThread(int stackBytes, Object value) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Runnable encode = () -> {
            try {
                trip.encode(value);
            } catch (Throwable e) {
                thrown.set(e);
            }
        };
        Thread thread = new Thread(null, encode, "with-its-own-stack", stackBytes);
        thread.start();
        thread.join(30_000);
        return thrown.get();
    }

    private static Node chain(int length) {
        Node head = null;
        for (int i = 0; i < length; i++) {
            Node node = new Node();
            node.next = head;
            head = node;
        }
        return head;
    }
}
