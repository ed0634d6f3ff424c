package io.outrider.launcher.failures;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The one {@link Thrower}. */
final class Throwing implements Thrower {
    private int received;

    @Override
    public int fine(int value) {
        return value;
    }

    @Override
    public long pid() {
        return ProcessHandle.current().pid();
    }

    @Override
    public int deep(String message) {
        return First.enter(message);
    }

    /** The outermost frame. */
    static final class First {
        static int enter(String message) {
            return Second.enter(message);
        }
    }

    /** The frame between, which adds a cause. */
    static final class Second {
        static int enter(String message) {
            try {
                return Third.enter(message);
            } catch (IOException cause) {
                IllegalStateException failure = new IllegalStateException("outer " + message, cause);
                failure.addSuppressed(new ArithmeticException("suppressed " + message));
                throw failure;
            }
        }
    }

    /** The innermost frame. */
    static final class Third {
        static int enter(String message) throws IOException {
            throw new IOException("inner " + message);
        }
    }

    @Override
    public void checked(String message) throws IOException {
        throw new IOException(message);
    }

    @Override
    @SuppressWarnings("InfiniteRecursion") // that is the point
    public int overflow(int depth) {
        return overflow(depth + 1) + 1;
    }

    @Override
    public int exhaust() {
        List<long[]> hoard = new ArrayList<>();
        while (true) {
            hoard.add(new long[8 << 20]);
        }
    }

    @Override
    public void sneaky() {
        Throwing.<RuntimeException>sneak(new Throwable("no exception even"));
    }

    @SuppressWarnings("unchecked") // to throw what the signature does not say
    private static <T extends Throwable> void sneak(Throwable any) throws T {
        throw (T) any;
    }

    @Override
    public void ownType() {
        Throwing.<RuntimeException>sneak(new OwnException("own", 42));
    }

    @Override
    public void throwsNull() {
        throw new NullPointerException();
    }

    @Override
    public void throwsClosed() {
        throw new io.outrider.error.ClosedException("thrown by the user's code");
    }

    @Override
    public void cyclicCause() {
        RuntimeException one = new RuntimeException("one");
        RuntimeException two = new RuntimeException("two", one);
        one.initCause(two);
        throw one;
    }

    @Override
    public void unsendableInside() {
        throw new HoldingException("holds a thread");
    }

    @Override
    public Object unsendable(int kind) {
        received++;
        return switch (kind % 4) {
            case 0 -> Thread.currentThread();
            case 1 -> new Holder(Thread.currentThread());
            case 2 -> List.of(1, Map.of("k", new Holder(Thread.currentThread())));
            default -> new Object[] {"fine", new Holder(ClassLoader.getSystemClassLoader())};
        };
    }

    @Override
    public int received() {
        return received;
    }

    @Override
    public int take(Object any) {
        return ++received;
    }

    @Override
    public int take(int number, List<Object> list) {
        return ++received;
    }
}
