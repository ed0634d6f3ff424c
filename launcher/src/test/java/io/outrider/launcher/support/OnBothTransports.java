package io.outrider.launcher.support;

import io.outrider.Outrider;
import io.outrider.api.RemoteExecutor;
import io.outrider.config.OutriderBuilder;
import io.outrider.config.OutriderConfig;
import io.outrider.testkit.ClassLeavesNothingBehind;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The base of tests that run on each transport and share the workers of their class: starting a JVM takes longer than most
 * tests. What kills or closes workers starts its own by {@link #open}.
 */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"queue", "ring"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(ClassLeavesNothingBehind.class)
public abstract class OnBothTransports {
    @Parameter
    private String transport;

    private RemoteExecutor workers;

    /** Settings of the shared workers; one worker unless a class says otherwise. */
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder;
    }

    @BeforeParameterizedClassInvocation
    final void startWorkers() {
        workers = open(configure(settings()));
    }

    @AfterParameterizedClassInvocation
    final void endWorkers() {
        if (workers != null) {
            workers.close();
        }
    }

    protected final String transport() {
        return transport;
    }

    /** The workers that the tests of the class share. */
    protected final RemoteExecutor workers() {
        return workers;
    }

    /** Settings for a small worker on this transport. */
    protected final OutriderBuilder settings() {
        return SmallWorkers.on(transport);
    }

    protected static RemoteExecutor open(OutriderBuilder builder) {
        OutriderConfig config = builder.conclude();
        return Outrider.open(config);
    }
}
