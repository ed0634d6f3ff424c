package io.outrider.launcher.load;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.error.CallInterruptedException;
import io.outrider.error.CallTimeoutException;
import io.outrider.launcher.support.OnBothTransports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call that was given up begins before what its caller does next, or never. */
@Timeout(60)
class GivenUpOrderTest extends OnBothTransports {
    private static final int ROUNDS = 3_000;

    /** Knows in which order it was called. */
    interface Journal {
        void note(int number);

        List<Integer> notes();
    }

    static final class InMemory implements Journal {
        private final List<Integer> notes = new ArrayList<>();

        @Override
        public void note(int number) {
            notes.add(number);
        }

        @Override
        public List<Integer> notes() {
            return notes;
        }
    }

    @Test
    void anInterruptedCall() {
        interrupted(workers());
    }

    @Test
    void anInterruptedCallOnTheLane() {
        try (RemoteExecutor own = open(settings().directCalls(false))) {
            interrupted(own);
        }
    }

    private static void interrupted(RemoteExecutor executor) {
        try (RemoteObject<Journal> object = executor.create(Journal.class, InMemory::new)) {
            Journal journal = object.stub();
            for (int i = 0; i < ROUNDS; i++) {
                Thread.currentThread().interrupt();
                try {
                    journal.note(2 * i);
                } catch (CallInterruptedException givenUp) {
                    // that is what it was interrupted for
                } finally {
                    Thread.interrupted();
                }
                journal.note(2 * i + 1);
            }
            assertInOrder(journal.notes());
        }
    }

    @Test
    void aCallThatWasTooLate() {
        try (RemoteObject<Journal> object = workers().create(Journal.class, InMemory::new)) {
            Journal hurried = object.within(Duration.ofNanos(1_000)).stub();
            Journal journal = object.stub();
            for (int i = 0; i < ROUNDS; i++) {
                try {
                    hurried.note(2 * i);
                } catch (CallTimeoutException givenUp) {
                    // that is what the time was short for
                }
                journal.note(2 * i + 1);
            }
            assertInOrder(journal.notes());
        }
    }

    private static void assertInOrder(List<Integer> notes) {
        assertTrue(notes.size() >= ROUNDS, notes.size() + " notes");
        for (int i = 1; i < notes.size(); i++) {
            int before = notes.get(i - 1);
            int here = notes.get(i);
            assertTrue(before < here, () -> here + " was noted behind " + before);
        }
    }
}
