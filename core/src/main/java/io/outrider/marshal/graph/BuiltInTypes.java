package io.outrider.marshal.graph;

import com.esotericsoftware.kryo.Serializer;
import io.outrider.api.Loan;
import io.outrider.api.feed.Feed;
import io.outrider.api.feed.FeedPolicy;
import io.outrider.marshal.graph.container.AccessOrder;
import io.outrider.marshal.graph.container.CheckedSerializer;
import io.outrider.marshal.graph.container.CollectionSerializer;
import io.outrider.marshal.graph.container.CopiesSerializer;
import io.outrider.marshal.graph.container.EnumContainers;
import io.outrider.marshal.graph.container.Holders;
import io.outrider.marshal.graph.container.Immutables;
import io.outrider.marshal.graph.container.MapSerializer;
import io.outrider.marshal.graph.container.PropertiesSerializer;
import io.outrider.marshal.graph.container.SetsFromMaps;
import io.outrider.marshal.graph.container.Shape;
import io.outrider.marshal.graph.container.Wrappers;
import io.outrider.marshal.graph.value.EnumSerializer;
import io.outrider.marshal.graph.value.LambdaSerializer;
import io.outrider.marshal.graph.value.LoanSerializer;
import io.outrider.marshal.graph.value.LocaleSerializer;
import io.outrider.marshal.graph.value.RecordSerializer;
import io.outrider.marshal.graph.value.ReferenceSerializer;
import io.outrider.marshal.graph.value.Scalars;
import io.outrider.marshal.graph.value.ThrowableSerializer;
import io.outrider.marshal.graph.wire.Refusal;
import io.outrider.marshal.remote.Referable;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The types that every table has, in the order of their ids: containers first, then values, then exceptions. New ones go
 * to the end of the last list, because the place of a type is its id, and {@code TypeTable.FORMAT} goes up with them.
 */
@SuppressWarnings("JdkObsolete") // Whatever one thinks of a class: its values are sent as what they are.
public final class BuiltInTypes {
    /** An array is claimed at once for this many elements: more than this is not taken at its word. */
    private static final int MAX_CAPACITY = 1 << 20;

    private static final List<Class<?>> LISTS = List.of(
            ArrayList.class,
            LinkedList.class,
            Vector.class,
            Stack.class,
            CopyOnWriteArrayList.class,
            Arrays.asList().getClass());

    private final TypeTable types;

    BuiltInTypes(final TypeTable types) {
        this.types = types;
    }

    List<TypeGroup> groups() {
        final List<TypeGroup> groups = new ArrayList<>();
        containers(groups);
        groups.add(new TypeGroup(
                this::forms,
                List.of(
                        Immutables.ListForm.class,
                        Immutables.SetForm.class,
                        Immutables.MapForm.class,
                        Immutables.EntryForm.class,
                        Wrappers.Form.class,
                        CheckedSerializer.Form.class,
                        EnumContainers.SetForm.class)));
        groups.add(one(LambdaSerializer.Form.class, LambdaSerializer::new));
        groups.addAll(ValueTypes.groups());
        // Part of lambdas that the JDK makes, such as those of Comparator.comparing: named as their capturing class.
        groups.add(one(Comparator.class, () -> TypeOnly.INSTANCE));
        groups.add(one(Map.Entry.class, () -> TypeOnly.INSTANCE));
        for (final Class<?> each : ValueTypes.PLATFORM_EXCEPTIONS) {
            groups.add(one(each, () -> new ThrowableSerializer(each, each)));
        }
        groups.add(one(Loan.class, LoanSerializer::new));
        groups.add(one(Locale.class, () -> new LocaleSerializer(types)));
        groups.add(one(Feed.class, () -> new RecordSerializer(Feed.class)));
        groups.add(one(FeedPolicy.class, () -> new EnumSerializer(FeedPolicy.class)));
        groups.add(one(Referable.class, () -> new ReferenceSerializer(types.references())));
        return groups;
    }

    private static TypeGroup one(final Class<?> type, final Supplier<Serializer<?>> serializer) {
        return new TypeGroup(table -> table.accept(type, serializer.get()), List.of(type));
    }

    private void containers(final List<TypeGroup> groups) {
        groups.add(new TypeGroup(BuiltInTypes::lists, LISTS));
        groups.add(new TypeGroup(
                BuiltInTypes::setsAndQueues,
                List.of(
                        HashSet.class,
                        LinkedHashSet.class,
                        CopyOnWriteArraySet.class,
                        ConcurrentHashMap.KeySetView.class,
                        TreeSet.class,
                        ConcurrentSkipListSet.class,
                        SetsFromMaps.type(),
                        ArrayDeque.class,
                        PriorityQueue.class,
                        PriorityBlockingQueue.class,
                        ConcurrentLinkedQueue.class,
                        ConcurrentLinkedDeque.class,
                        LinkedTransferQueue.class,
                        LinkedBlockingQueue.class,
                        LinkedBlockingDeque.class,
                        ArrayBlockingQueue.class)));
        groups.add(new TypeGroup(
                this::maps,
                List.of(
                        HashMap.class,
                        LinkedHashMap.class,
                        TreeMap.class,
                        ConcurrentHashMap.class,
                        ConcurrentSkipListMap.class,
                        Hashtable.class,
                        IdentityHashMap.class,
                        WeakHashMap.class,
                        EnumMap.class,
                        Properties.class)));
        groups.add(new TypeGroup(
                BuiltInTypes::small,
                List.of(
                        Collections.emptyList().getClass(),
                        Collections.emptySet().getClass(),
                        Collections.emptyMap().getClass(),
                        Collections.singletonList(0).getClass(),
                        Collections.singleton(0).getClass(),
                        Collections.singletonMap(0, 0).getClass(),
                        Collections.nCopies(1, 0).getClass(),
                        Optional.class,
                        AbstractMap.SimpleEntry.class,
                        AbstractMap.SimpleImmutableEntry.class,
                        AtomicReference.class,
                        AtomicReferenceArray.class,
                        Comparator.reverseOrder().getClass(),
                        String.CASE_INSENSITIVE_ORDER.getClass(),
                        Collections.reverseOrder(String.CASE_INSENSITIVE_ORDER).getClass())));
    }

    private static void lists(final BiConsumer<Class<?>, Serializer<?>> table) {
        sized(table, ArrayList.class, ArrayList::new);
        plain(table, LinkedList.class, LinkedList::new);
        plain(table, Vector.class, Vector::new);
        plain(table, Stack.class, Stack::new);
        plain(table, CopyOnWriteArrayList.class, CopyOnWriteArrayList::new);
        table.accept(Arrays.asList().getClass(), Holders.fixedList());
    }

    private static void setsAndQueues(final BiConsumer<Class<?>, Serializer<?>> table) {
        plain(table, HashSet.class, HashSet::new);
        plain(table, LinkedHashSet.class, LinkedHashSet::new);
        plain(table, CopyOnWriteArraySet.class, CopyOnWriteArraySet::new);
        plain(table, ConcurrentHashMap.KeySetView.class, ConcurrentHashMap::newKeySet);
        shaped(table, TreeSet.class, Shape.sorted(c -> comparator(((SortedSet<?>) c).comparator()), TreeSet::new));
        shaped(
                table,
                ConcurrentSkipListSet.class,
                Shape.sorted(c -> comparator(((ConcurrentSkipListSet<?>) c).comparator()), ConcurrentSkipListSet::new));
        shaped(table, SetsFromMaps.type(), SetsFromMaps.shape());
        sized(table, ArrayDeque.class, ArrayDeque::new);
        shaped(
                table,
                PriorityQueue.class,
                Shape.sorted(c -> comparator(((PriorityQueue<?>) c).comparator()), PriorityQueue::new));
        shaped(
                table,
                PriorityBlockingQueue.class,
                Shape.sorted(
                        c -> comparator(((PriorityBlockingQueue<?>) c).comparator()),
                        order -> new PriorityBlockingQueue<>(AccessOrder.CAPACITY, order)));
        plain(table, ConcurrentLinkedQueue.class, ConcurrentLinkedQueue::new);
        plain(table, ConcurrentLinkedDeque.class, ConcurrentLinkedDeque::new);
        plain(table, LinkedTransferQueue.class, LinkedTransferQueue::new);
        shaped(
                table,
                LinkedBlockingQueue.class,
                Shape.numbered(
                        c -> capacity(c, ((LinkedBlockingQueue<?>) c).remainingCapacity()), LinkedBlockingQueue::new));
        shaped(
                table,
                LinkedBlockingDeque.class,
                Shape.numbered(
                        c -> capacity(c, ((LinkedBlockingDeque<?>) c).remainingCapacity()), LinkedBlockingDeque::new));
        shaped(
                table,
                ArrayBlockingQueue.class,
                Shape.numbered(
                        c -> bounded(capacity(c, ((ArrayBlockingQueue<?>) c).remainingCapacity())),
                        capacity -> new ArrayBlockingQueue<>(bounded(capacity))));
    }

    private void maps(final BiConsumer<Class<?>, Serializer<?>> table) {
        map(table, HashMap.class, Shape.plain(HashMap::new));
        map(
                table,
                LinkedHashMap.class,
                Shape.numbered(
                        m -> AccessOrder.of((LinkedHashMap<?, ?>) m) ? 1 : 0,
                        order -> new LinkedHashMap<>(AccessOrder.CAPACITY, AccessOrder.LOAD_FACTOR, order == 1)));
        map(table, TreeMap.class, Shape.sorted(m -> comparator(((SortedMap<?, ?>) m).comparator()), TreeMap::new));
        map(table, ConcurrentHashMap.class, Shape.plain(ConcurrentHashMap::new));
        map(
                table,
                ConcurrentSkipListMap.class,
                Shape.sorted(
                        m -> comparator(((ConcurrentSkipListMap<?, ?>) m).comparator()), ConcurrentSkipListMap::new));
        map(table, Hashtable.class, Shape.plain(Hashtable::new));
        map(table, IdentityHashMap.class, Shape.plain(IdentityHashMap::new));
        map(table, WeakHashMap.class, Shape.plain(WeakHashMap::new));
        map(table, EnumMap.class, EnumContainers.map(types));
        table.accept(Properties.class, new PropertiesSerializer());
    }

    @SuppressWarnings("unchecked")
    private static void small(final BiConsumer<Class<?>, Serializer<?>> table) {
        table.accept(Collections.emptyList().getClass(), Scalars.constant(Collections.emptyList()));
        table.accept(Collections.emptySet().getClass(), Scalars.constant(Collections.emptySet()));
        table.accept(Collections.emptyMap().getClass(), Scalars.constant(Collections.emptyMap()));
        table.accept(
                Collections.singletonList(0).getClass(),
                Immutables.of(Collection<Object>::toArray, e -> Collections.singletonList(Immutables.element(e, 0))));
        table.accept(
                Collections.singleton(0).getClass(),
                Immutables.of(Collection<Object>::toArray, e -> Collections.singleton(Immutables.element(e, 0))));
        table.accept(Collections.singletonMap(0, 0).getClass(), Immutables.map(m -> {
            final Map.Entry<Object, Object> only = m.entrySet().iterator().next();
            return Collections.singletonMap(only.getKey(), only.getValue());
        }));
        table.accept(Collections.nCopies(1, 0).getClass(), new CopiesSerializer());
        table.accept(
                Optional.class,
                Immutables.of(
                        (Optional<Object> o) -> o.stream().toArray(),
                        e -> e.length == 0 ? Optional.empty() : Optional.of(e[0])));
        table.accept(AbstractMap.SimpleEntry.class, Immutables.entry(AbstractMap.SimpleEntry::new));
        table.accept(AbstractMap.SimpleImmutableEntry.class, Immutables.entry(AbstractMap.SimpleImmutableEntry::new));
        table.accept(AtomicReference.class, Holders.reference());
        table.accept(AtomicReferenceArray.class, Holders.references());
        table.accept(Comparator.reverseOrder().getClass(), Scalars.constant(Comparator.reverseOrder()));
        table.accept(String.CASE_INSENSITIVE_ORDER.getClass(), Scalars.constant(String.CASE_INSENSITIVE_ORDER));
        // Twice reversed is the comparator that was reversed: the JDK takes its own wrapper off again.
        table.accept(
                Collections.reverseOrder(String.CASE_INSENSITIVE_ORDER).getClass(),
                Immutables.of(
                        (Comparator<Object> c) -> new Object[] {Collections.reverseOrder(c)},
                        e -> Collections.reverseOrder((Comparator<Object>) Immutables.element(e, 0))));
    }

    private void forms(final BiConsumer<Class<?>, Serializer<?>> table) {
        table.accept(Immutables.ListForm.class, Immutables.list());
        table.accept(Immutables.SetForm.class, Immutables.set());
        table.accept(Immutables.MapForm.class, Immutables.map(Map::copyOf));
        table.accept(Immutables.EntryForm.class, Immutables.entry(Map::entry));
        table.accept(Wrappers.Form.class, Wrappers.SERIALIZER);
        table.accept(CheckedSerializer.Form.class, new CheckedSerializer(types));
        shaped(table, EnumContainers.SetForm.class, EnumContainers.set(types));
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Comparator<Object> comparator(final @Nullable Comparator<?> comparator) {
        return (Comparator<Object>) comparator;
    }

    private static int capacity(final Collection<?> queue, final int remaining) {
        return Math.max(1, queue.size() + remaining);
    }

    private static int bounded(final int capacity) {
        if (capacity < 1 || capacity > MAX_CAPACITY) {
            throw new Refusal("an ArrayBlockingQueue of capacity " + capacity + " can't be sent: at most "
                    + MAX_CAPACITY + ", because its memory is claimed at once; use a LinkedBlockingQueue");
        }
        return capacity;
    }

    private static void plain(
            final BiConsumer<Class<?>, Serializer<?>> table,
            final Class<?> type,
            final Supplier<Collection<Object>> maker) {
        shaped(table, type, Shape.plain(maker));
    }

    private static void sized(
            final BiConsumer<Class<?>, Serializer<?>> table,
            final Class<?> type,
            final IntFunction<Collection<Object>> maker) {
        shaped(table, type, Shape.sized(maker));
    }

    private static void shaped(
            final BiConsumer<Class<?>, Serializer<?>> table,
            final Class<?> type,
            final Shape<Collection<Object>> shape) {
        table.accept(type, new CollectionSerializer(shape));
    }

    private static void map(
            final BiConsumer<Class<?>, Serializer<?>> table,
            final Class<?> type,
            final Shape<Map<Object, Object>> shape) {
        table.accept(type, new MapSerializer(shape));
    }
}
