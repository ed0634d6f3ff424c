package io.outrider.manager;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.IteratorFeature;
import com.google.common.collect.testing.ListIteratorTester;
import com.google.common.collect.testing.ListTestSuiteBuilder;
import com.google.common.collect.testing.QueueTestSuiteBuilder;
import com.google.common.collect.testing.SetTestSuiteBuilder;
import com.google.common.collect.testing.TestStringListGenerator;
import com.google.common.collect.testing.TestStringMapGenerator;
import com.google.common.collect.testing.TestStringQueueGenerator;
import com.google.common.collect.testing.TestStringSetGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.ListFeature;
import com.google.common.collect.testing.features.MapFeature;
import com.google.common.collect.testing.testers.ListListIteratorTester;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.testkit.LeavesNothingBehind;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import junit.framework.AssertionFailedError;
import junit.framework.TestCase;
import junit.framework.TestFailure;
import junit.framework.TestResult;
import junit.framework.TestSuite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The collections of a manager keep the contracts of the JDK's interfaces, as Guava's suites know them; over one transport, since they see none. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class CollectionContractsTest {
    private Manager manager;

    @BeforeEach
    void start() {
        manager = Managers.start(SmallWorkers.on("ring").conclude());
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @TestFactory
    Stream<DynamicTest> collections() {
        return Stream.of(lists(), sets(), queues(), maps()).flatMap(tests -> tests);
    }

    private Stream<DynamicTest> lists() {
        return tests(ListTestSuiteBuilder.using(new TestStringListGenerator() {
                    @Override
                    protected List<String> create(String[] elements) {
                        List<String> list = manager.list();
                        list.addAll(Arrays.asList(elements));
                        return list;
                    }
                })
                .named("list")
                .withFeatures(ListFeature.GENERAL_PURPOSE, CollectionFeature.ALLOWS_NULL_VALUES, CollectionSize.ANY)
                // All sequences of five steps take ten seconds; those of three are below.
                .suppressing(ListListIteratorTester.getListIteratorFullyModifiableMethod())
                .createTestSuite());
    }

    @Test
    void listIterators() {
        new ListIteratorTester<>(3, List.of("x", "y"), IteratorFeature.MODIFIABLE, List.of("a", "b", "c"), 0) {
            @Override
            protected ListIterator<String> newTargetIterator() {
                SharedList<String> list = manager.list();
                list.addAll(List.of("a", "b", "c"));
                return list.listIterator();
            }
        }.test();
    }

    private Stream<DynamicTest> sets() {
        return tests(SetTestSuiteBuilder.using(new TestStringSetGenerator() {
                    @Override
                    protected Set<String> create(String[] elements) {
                        Set<String> set = manager.set();
                        set.addAll(Arrays.asList(elements));
                        return set;
                    }
                })
                .named("set")
                .withFeatures(
                        CollectionFeature.GENERAL_PURPOSE,
                        CollectionFeature.KNOWN_ORDER,
                        CollectionFeature.ALLOWS_NULL_VALUES,
                        CollectionSize.ANY)
                .createTestSuite());
    }

    private Stream<DynamicTest> queues() {
        return tests(QueueTestSuiteBuilder.using(new TestStringQueueGenerator() {
                    @Override
                    protected Queue<String> create(String[] elements) {
                        Queue<String> queue = manager.queue();
                        Collections.addAll(queue, elements);
                        return queue;
                    }
                })
                .named("queue")
                .withFeatures(CollectionFeature.GENERAL_PURPOSE, CollectionFeature.KNOWN_ORDER, CollectionSize.ANY)
                .createTestSuite());
    }

    private Stream<DynamicTest> maps() {
        return tests(ConcurrentMapTestSuiteBuilder.using(new TestStringMapGenerator() {
                    @Override
                    protected Map<String, String> create(Map.Entry<String, String>[] entries) {
                        Map<String, String> map = manager.map();
                        for (Map.Entry<String, String> entry : entries) {
                            map.put(entry.getKey(), entry.getValue());
                        }
                        return map;
                    }
                })
                .named("map")
                .withFeatures(
                        MapFeature.GENERAL_PURPOSE, CollectionFeature.SUPPORTS_ITERATOR_REMOVE, CollectionSize.ANY)
                .createTestSuite());
    }

    /** Suites of JUnit 3, one test of ours for each of theirs. */
    private static Stream<DynamicTest> tests(junit.framework.Test test) {
        if (test instanceof TestSuite suite) {
            return Collections.list(suite.tests()).stream().flatMap(CollectionContractsTest::tests);
        }
        return Stream.of(DynamicTest.dynamicTest(test.toString(), () -> run((TestCase) test)));
    }

    private static void run(TestCase test) {
        TestResult result = new TestResult();
        test.run(result);
        Stream.concat(Collections.list(result.errors()).stream(), Collections.list(result.failures()).stream())
                .map(TestFailure::thrownException)
                .findFirst()
                .ifPresent(thrown -> {
                    AssertionFailedError failure = new AssertionFailedError(test + " failed: " + thrown);
                    failure.initCause(thrown);
                    throw failure;
                });
    }
}
