package io.outrider.launcher.references;

import io.outrider.api.ReturnsProxy;
import io.outrider.api.function.RemoteFunction;
import java.util.List;
import java.util.Map;

/** What the tests of references call. */
interface Desk {
    long pid();

    String echo(String text);

    /** Leaves the counter here. */
    @ReturnsProxy
    Counter counter();

    /** A new one each time. */
    @ReturnsProxy
    Counter newCounter();

    /** A copy of what the counter says, by a call from here. */
    int addBy(Counter counter, int amount);

    /** Calls the counter through a list within a map within a record. */
    int addNested(Box box);

    /** Returns what it was given. */
    Counter giveBack(Counter counter);

    Counter ask(Desk other);

    void keep(Counter counter);

    int addToKept(int amount);

    void forgetKept();

    boolean isMine(Counter counter);

    String apply(RemoteFunction<String, String> function, String argument);

    Counter exported();

    String misuse(String how);

    /** What kind of thing has arrived. */
    String kindOf(Object any);

    void collect();

    /** Keeps this desk busy until another one in its worker says to go on. */
    void pause() throws InterruptedException;

    void goOn();

    record Box(Map<String, List<Counter>> counters) {}

    interface Counter {
        int add(int amount);

        long pid();
    }

    interface Other {
        int get();
    }

    /** Extends what it must: a method that is not in a contract. */
    final class Tally implements Counter, Other {
        private int value;

        @Override
        public int add(int amount) {
            value += amount;
            return value;
        }

        @Override
        public long pid() {
            return ProcessHandle.current().pid();
        }

        @Override
        public int get() {
            return value;
        }
    }
}
