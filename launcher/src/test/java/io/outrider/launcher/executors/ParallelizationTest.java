package io.outrider.launcher.executors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.MethodResult;
import io.outrider.api.Parallel;
import io.outrider.api.Parallelization;
import io.outrider.api.TaskContext;
import io.outrider.error.ContractException;
import io.outrider.error.RemoteCallException;
import io.outrider.error.SerializationException;
import io.outrider.launcher.support.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Methods that run where that is permitted and to be had: the twelve cells, and what each does with its instance. */
@Timeout(60)
class ParallelizationTest extends OnAllExecutors {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    record Place(long pid, String thread, Parallelization told) {}

    /** Counts, and says where it did. */
    static class Counter {
        int value;
        transient Thread mine = Thread.currentThread();

        Place count(int by) {
            value += by;
            return new Place(
                    ProcessHandle.current().pid(),
                    Thread.currentThread().getName(),
                    TaskContext.current().orElseThrow().parallelization());
        }

        String named(String prefix, int number, long factor) {
            return prefix + number * factor;
        }

        String overloaded(Object any) {
            return "any";
        }

        String overloaded(CharSequence text) {
            return "text";
        }

        void fail(String message) throws IOException {
            throw new IOException(message);
        }

        @Parallel(Parallelization.PROCESS)
        Place anywhere() {
            return count(1);
        }

        @Parallel(Parallelization.THREAD)
        Place onThreads() {
            return count(1);
        }

        Place here() {
            return count(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theStrongestThatIsPermittedAndThere(Parallelization permitted) throws Exception {
        Parallelization expected = kind().of(permitted);
        assertEquals(expected, executor().parallelization(permitted));
        Counter counter = new Counter();
        Place place = Threads.get(executor().<Place>runMethod(permitted, "count", counter, 3), LIMIT);
        assertPlace(expected, place);
        assertEquals(expected == Parallelization.PROCESS ? 0 : 3, counter.value, "changes in another process are lost");
        assertEquals("n14", Threads.get(executor().<String>runMethod(permitted, "named", counter, "n", 7, 2L), LIMIT));
        assertEquals("text", Threads.get(executor().<String>runMethod(permitted, "overloaded", counter, "t"), LIMIT));
    }

    private static void assertPlace(Parallelization expected, Place place) {
        long pid = ProcessHandle.current().pid();
        String thread = Thread.currentThread().getName();
        assertEquals(expected, place.told());
        switch (expected) {
            case SEQUENTIAL -> assertEquals(new Place(pid, thread, expected), place);
            case THREAD -> {
                assertEquals(pid, place.pid());
                assertNotEquals(thread, place.thread());
            }
            case PROCESS -> assertNotEquals(pid, place.pid());
        }
    }

    @Test
    void anAnnotationIsThePermission() throws Exception {
        Counter counter = new Counter();
        assertPlace(kind().of(Parallelization.PROCESS), Threads.get(executor().runMethod("anywhere", counter), LIMIT));
        assertPlace(kind().of(Parallelization.THREAD), Threads.get(executor().runMethod("onThreads", counter), LIMIT));
        assertPlace(Parallelization.SEQUENTIAL, Threads.get(executor().runMethod("here", counter), LIMIT));
    }

    @ParameterizedTest
    @EnumSource
    void exceptionsKeepTheirType(Parallelization permitted) {
        CompletableFuture<Void> failed = executor().runMethod(permitted, "fail", new Counter(), "in " + permitted);
        IOException thrown = assertThrows(IOException.class, () -> Threads.get(failed, LIMIT));
        assertEquals("in " + permitted, thrown.getMessage());
        assertTrue(List.of(thrown.getStackTrace()).toString().contains("Counter.fail"));
        if (kind().of(permitted) == Parallelization.PROCESS) {
            assertInstanceOf(RemoteCallException.class, thrown.getSuppressed()[0]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theChangedStateComesBackOnRequest(Parallelization permitted) throws Exception {
        Counter counter = new Counter();
        MethodResult<Counter, Place> result =
                Threads.get(executor().runMethodForState(permitted, "count", counter, 5), LIMIT);
        assertEquals(5, result.instance().value);
        assertPlace(kind().of(permitted), result.value());
        if (kind().of(permitted) != Parallelization.PROCESS) {
            assertSame(counter, result.instance());
        } else {
            assertEquals(0, counter.value);
        }
    }

    @Test
    void whatCannotRunIsRefusedAtOnce() {
        ContractException unknown = assertThrows(
                ContractException.class,
                () -> executor().runMethod(Parallelization.PROCESS, "nothing", new Counter(), 1));
        assertTrue(
                unknown.getMessage()
                        .contains(
                                "no method nothing of " + Counter.class.getName() + " that takes (java.lang.Integer)"),
                unknown::getMessage);
        assertThrows(
                ContractException.class, () -> executor().runMethod(Parallelization.THREAD, "count", new Counter()));
        if (kind().of(Parallelization.PROCESS) == Parallelization.PROCESS) {
            assertThrows(
                    SerializationException.class,
                    () -> executor().runMethod(Parallelization.PROCESS, "overloaded", new Counter(), new Thread()));
        }
    }
}
