package io.outrider.manager.proxy;

import io.outrider.manager.SharedQueue;
import io.outrider.manager.port.QueuePort;
import java.util.AbstractQueue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A queue.
 *
 * @param <E> elements
 */
@SuppressWarnings("unchecked") // the port gives what was put by those who have the same type
final class QueueProxy<E> extends AbstractQueue<E> implements SharedQueue<E>, Ported {
    private static final long serialVersionUID = 1L;

    private final QueuePort port;

    QueueProxy(final QueuePort port) {
        this.port = port;
    }

    @Override
    public Object port() {
        return port;
    }

    @Override
    public boolean offer(final E element) {
        return port.offer(Objects.requireNonNull(element));
    }

    @Override
    public boolean offer(final E element, final long time, final TimeUnit unit) throws InterruptedException {
        Waits.checkInterrupt();
        final long timeoutNs = Waits.nanos(time, unit);
        return offer(element)
                || (timeoutNs > 0
                        && Waits.interruptibly(port, port.put(element, Waits.thread(), timeoutNs))
                                == QueuePort.GRANTED);
    }

    @Override
    public void put(final E element) throws InterruptedException {
        Waits.checkInterrupt();
        if (!offer(element)) {
            Waits.interruptibly(port, port.put(element, Waits.thread(), QueuePort.FOR_EVER));
        }
    }

    @Override
    public boolean addAll(final Collection<? extends E> added) {
        if (added == this) {
            throw new IllegalArgumentException("a queue can't be added to itself");
        }
        final Object[] elements = added.toArray();
        for (final Object element : elements) {
            Objects.requireNonNull(element);
        }
        if (elements.length > 0 && port.offerAll(elements) < elements.length) {
            throw new IllegalStateException("Queue full");
        }
        return elements.length > 0;
    }

    @Override
    public @Nullable E poll() {
        return (E) port.poll();
    }

    @Override
    public @Nullable E poll(final long time, final TimeUnit unit) throws InterruptedException {
        Waits.checkInterrupt();
        final long timeoutNs = Waits.nanos(time, unit);
        final Object element = port.poll();
        return (E)
                (element != null || timeoutNs == 0
                        ? element
                        : Waits.interruptibly(port, port.take(Waits.thread(), timeoutNs)));
    }

    @Override
    public E take() throws InterruptedException {
        Waits.checkInterrupt();
        Object element = port.poll();
        if (element == null) {
            element = Waits.interruptibly(port, port.take(Waits.thread(), QueuePort.FOR_EVER));
        }
        return (E) Objects.requireNonNull(element);
    }

    @Override
    public @Nullable E peek() {
        return (E) port.peek();
    }

    @Override
    public int drainTo(final Collection<? super E> target) {
        return drainTo(target, Integer.MAX_VALUE);
    }

    @Override
    public int drainTo(final Collection<? super E> target, final int max) {
        Objects.requireNonNull(target);
        if (target == this) {
            throw new IllegalArgumentException("a queue can't be drained to itself");
        }
        if (max <= 0) {
            return 0;
        }
        final Object[] elements = port.drain(max);
        for (final Object element : elements) {
            target.add((E) element);
        }
        return elements.length;
    }

    @Override
    public int size() {
        return port.size();
    }

    @Override
    public int remainingCapacity() {
        return port.remaining();
    }

    @Override
    public boolean contains(final @Nullable Object element) {
        return element != null && port.contains(element);
    }

    @Override
    public boolean remove(final @Nullable Object element) {
        return element != null && port.remove(element);
    }

    @Override
    public void clear() {
        port.clear();
    }

    @Override
    public Iterator<E> iterator() {
        return new QueueIterator<>(port, port.content());
    }

    @Override
    public List<E> snapshot() {
        return (List<E>) new ArrayList<>(Arrays.asList(port.content().elements()));
    }

    @Override
    public Object[] toArray() {
        return port.content().elements();
    }

    @Override
    public <T> T[] toArray(final T[] target) {
        return snapshot().toArray(target);
    }

    @Override
    public void taskDone() {
        Thrown.by(port::taskDone);
    }

    @Override
    public void join() throws InterruptedException {
        Waits.checkInterrupt();
        Waits.interruptibly(port, port.join(Waits.thread(), QueuePort.FOR_EVER));
    }

    @Override
    public boolean join(final long time, final TimeUnit unit) throws InterruptedException {
        Waits.checkInterrupt();
        return Waits.interruptibly(port, port.join(Waits.thread(), Waits.nanos(time, unit))) == QueuePort.GRANTED;
    }

    @Override
    public int unfinished() {
        return port.unfinished();
    }

    @Override
    public boolean isBroken() {
        return port.isBroken();
    }

    @Override
    public void mend() {
        port.mend();
    }

    @Override
    public boolean equals(final @Nullable Object other) {
        return other instanceof QueueProxy<?> that && that.port.equals(port);
    }

    @Override
    public int hashCode() {
        return port.hashCode();
    }

    /** Goes over a copy, and removes from the queue by the elements' ids. */
    private static final class QueueIterator<E> implements Iterator<E> {
        private final QueuePort port;
        private final QueuePort.Content content;
        private int next;
        private boolean removable;

        QueueIterator(final QueuePort port, final QueuePort.Content content) {
            this.port = port;
            this.content = content;
        }

        @Override
        public boolean hasNext() {
            return next < content.ids().length;
        }

        @Override
        public E next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            removable = true;
            return (E) content.elements()[next++];
        }

        @Override
        public void remove() {
            if (!removable) {
                throw new IllegalStateException("next() comes before remove(), each time");
            }
            removable = false;
            port.removeById(content.ids()[next - 1]);
        }
    }
}
