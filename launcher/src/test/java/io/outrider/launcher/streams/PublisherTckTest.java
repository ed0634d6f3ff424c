package io.outrider.launcher.streams;

import io.outrider.Outrider;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.testkit.ClassLeavesNothingBehind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.SkipException;
import org.testng.annotations.Test;

/**
 * The publisher verification of the Reactive Streams TCK, over a worker process. Its tests are TestNG's; here each is one of
 * JUnit's, and what it skips, since the rule is optional, is skipped.
 */
@Timeout(120)
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"queue", "ring"})
@ExtendWith(ClassLeavesNothingBehind.class)
class PublisherTckTest {
    private static final long SIGNAL_MS = 2_000;
    private static final long NO_SIGNAL_MS = 50;
    private static final long GONE_MS = 300;

    @Parameter
    private String transport;

    private static RemoteExecutor workers;
    private static RemoteObject<Numbers> object;

    @BeforeParameterizedClassInvocation
    static void start(String transport) {
        workers = Outrider.open(SmallWorkers.on(transport).streamWindow(64).conclude());
        object = workers.create(Numbers.class, Numbers.Generator::new);
    }

    @AfterParameterizedClassInvocation
    static void end() {
        if (workers != null) {
            workers.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> rules() {
        return Arrays.stream(FlowPublisherVerification.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> DynamicTest.dynamicTest(method.getName(), () -> verify(method)));
    }

    private static void verify(Method rule) throws Throwable {
        Verification verification = new Verification();
        verification.setUp();
        try {
            rule.invoke(verification);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SkipException skipped) {
                Assumptions.abort(skipped.getMessage());
            }
            throw e.getCause();
        }
    }

    /** A publisher of numbers whose generator is in a worker. */
    private static final class Verification extends FlowPublisherVerification<Long> {
        Verification() {
            super(new TestEnvironment(SIGNAL_MS, NO_SIGNAL_MS), GONE_MS);
        }

        @Override
        public Flow.Publisher<Long> createFlowPublisher(long elements) {
            return object.stub().publisher(elements);
        }

        @Override
        public Flow.Publisher<Long> createFailedFlowPublisher() {
            return object.stub().failedPublisher();
        }
    }
}
