package io.outrider.stub;

import io.outrider.error.CallRejectedException;
import org.jspecify.annotations.Nullable;

/** What can be asked of a stub, whoever made it. Stateless, safe from any thread; nothing here is a call. */
public final class Proxies {
    private Proxies() {}

    /**
     * Whether an object is a stub.
     *
     * @param object any, or null
     * @return true if calls to it run in a worker
     */
    public static boolean isProxy(final @Nullable Object object) {
        return object instanceof Stub;
    }

    /**
     * The contract of a stub.
     *
     * @param stub of an object
     * @return the interface by which it is called
     * @throws IllegalArgumentException if it is no stub
     */
    public static Class<?> typeOf(final Object stub) {
        return refOf(stub).contract().type();
    }

    /**
     * The worker that holds the object.
     *
     * @param stub of an object
     * @return the worker's id
     * @throws IllegalArgumentException if it is no stub
     */
    public static int workerOf(final Object stub) {
        return refOf(stub).current().workerId();
    }

    /**
     * Where the worker listens that holds the object.
     *
     * @param stub of an object
     * @return the path of its socket
     * @throws IllegalArgumentException if it is no stub
     */
    public static String addressOf(final Object stub) {
        return refOf(stub).current().address();
    }

    /**
     * Gives up a stub at once, without waiting until it is collected: its worker is told within some tenths of a second that this stub
     * needs the object no more, and further calls by it are refused with a {@link io.outrider.error.ClosedException}. Other stubs of the
     * object, here and elsewhere, keep it. Idempotent, does not block. A call that is under way has its outcome, unless the object's
     * process ends for want of anybody who refers to it.
     *
     * @param stub that arrived in a message, as a method's result or an argument, or was made by {@code Worker.export}
     * @throws IllegalArgumentException if it is no stub
     * @throws CallRejectedException if it belongs to the handle of an executor's object: close that
     */
    public static void close(final Object stub) {
        final ObjectRef ref = refOf(stub);
        if (!ref.isOwnKeeper()) {
            throw new CallRejectedException(stub + " belongs to the handle of the object: close that");
        }
        ref.close();
    }

    /**
     * What stubs are compared by.
     *
     * @param stub of an object
     * @param other any, or null
     * @return whether both are stubs of the same object
     */
    public static boolean same(final Stub stub, final @Nullable Object other) {
        return other instanceof Stub that && that.outriderRef().equals(stub.outriderRef());
    }

    private static ObjectRef refOf(final Object object) {
        if (object instanceof Stub stub) {
            return stub.outriderRef();
        }
        throw new IllegalArgumentException(
                object == null ? "null is no stub" : "a " + object.getClass().getName() + " is no stub: " + object);
    }
}
