package io.outrider.launcher.serializers;

import io.outrider.api.Loan;
import io.outrider.api.ReturnsProxy;
import io.outrider.api.function.RemoteFunction;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the tests of serializers call. */
interface Archive {
    Object echo(Object value);

    boolean same(Object one, Object other);

    String apply(RemoteFunction<String, String> function, String argument);

    @ReturnsProxy
    Counter counter();

    int addAll(Map<String, List<Object>> counters);

    /** The stubs, deep in something else. */
    Holder held();

    long sumOf(List<Loan> loans);

    Iterator<Note> notes(int count);

    Object refused();

    Optional<String> unfit();

    void fail(String message) throws Lost;

    int graphsWritten();

    interface Counter {
        int add(int amount);
    }

    record Note(String text, int[] places) implements Serializable {}

    record Holder(List<Counter> counters) implements Serializable {}

    record Refused(int value) implements Serializable {}

    record NotSerializable(int value) {}

    /** A list of its own making, as deep as it is long. */
    final class Chain implements Serializable {
        private static final long serialVersionUID = 1L;
        private final Chain next;

        private Chain(Chain next) {
            this.next = next;
        }

        static Chain of(int links) {
            Chain chain = null;
            for (int i = 0; i < links; i++) {
                chain = new Chain(chain);
            }
            return chain;
        }

        int links() {
            int links = 0;
            for (Chain each = this; each != null; each = each.next) {
                links++;
            }
            return links;
        }
    }

    final class Lost extends Exception {
        private static final long serialVersionUID = 1L;
        private final Note note;

        Lost(String message, Note note) {
            super(message);
            this.note = note;
        }

        Note note() {
            return note;
        }
    }
}
