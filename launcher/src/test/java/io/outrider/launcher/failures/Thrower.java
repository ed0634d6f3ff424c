package io.outrider.launcher.failures;

import java.io.IOException;
import java.util.List;

/** Fails in many ways. */
interface Thrower {
    int fine(int value);

    long pid();

    int deep(String message);

    void checked(String message) throws IOException;

    int overflow(int depth);

    int exhaust();

    void sneaky();

    void ownType();

    void throwsNull();

    void throwsClosed();

    void cyclicCause();

    void unsendableInside();

    Object unsendable(int kind);

    int received();

    int take(Object any);

    int take(int number, List<Object> list);

    /** Of the user's, with a value of its own. */
    final class OwnException extends Exception {
        private static final long serialVersionUID = 1L;

        final int code;

        OwnException(String message, int code) {
            super(message);
            this.code = code;
        }
    }

    /** Holds what can't be sent. */
    final class HoldingException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings({"serial", "unused"}) // that it can't be sent is the point
        private final Thread thread = Thread.currentThread();

        HoldingException(String message) {
            super(message);
        }
    }

    /** Holds what can't be sent, deep inside. */
    final class Holder {
        @SuppressWarnings("unused") // only to be found by the marshaller
        private final Object thread;

        Holder(Object thread) {
            this.thread = thread;
        }
    }
}
