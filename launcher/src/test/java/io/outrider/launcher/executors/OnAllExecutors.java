package io.outrider.launcher.executors;

import io.outrider.Outrider;
import io.outrider.api.Parallelization;
import io.outrider.api.RemoteExecutor;
import io.outrider.config.OutriderBuilder;
import io.outrider.launcher.executor.ProcessExecutor;
import io.outrider.launcher.local.CombinedExecutor;
import io.outrider.launcher.local.LocalExecutor;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.testkit.ClassLeavesNothingBehind;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The base of tests that run on each executor, and on those with processes over each transport. Its tests share one executor. */
@ParameterizedClass(name = "{0}")
@EnumSource(OnAllExecutors.Kind.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(ClassLeavesNothingBehind.class)
abstract class OnAllExecutors {
    enum Kind {
        SEQUENTIAL(Parallelization.SEQUENTIAL, Parallelization.SEQUENTIAL, Parallelization.SEQUENTIAL),
        THREADS(Parallelization.SEQUENTIAL, Parallelization.THREAD, Parallelization.THREAD),
        PROCESSES_ON_QUEUE(Parallelization.SEQUENTIAL, Parallelization.SEQUENTIAL, Parallelization.PROCESS),
        PROCESSES_ON_RING(Parallelization.SEQUENTIAL, Parallelization.SEQUENTIAL, Parallelization.PROCESS),
        BOTH(Parallelization.SEQUENTIAL, Parallelization.THREAD, Parallelization.PROCESS);

        private final Parallelization[] cells;

        Kind(Parallelization... cells) {
            this.cells = cells;
        }

        /** What is to become of a permission. */
        Parallelization of(Parallelization permitted) {
            return cells[permitted.ordinal()];
        }
    }

    @Parameter
    private Kind kind;

    private RemoteExecutor executor;

    @BeforeParameterizedClassInvocation
    final void openExecutor() {
        executor = open(kind, 2);
    }

    @AfterParameterizedClassInvocation
    final void closeExecutor() {
        if (executor != null) {
            executor.close();
        }
    }

    static RemoteExecutor open(Kind kind, int width) {
        return switch (kind) {
            case SEQUENTIAL -> Outrider.sequential();
            case THREADS -> Outrider.threads(width);
            case PROCESSES_ON_QUEUE -> SmallWorkers.open(settings("queue", width));
            case PROCESSES_ON_RING -> SmallWorkers.open(settings("ring", width));
            case BOTH ->
                new CombinedExecutor(
                        LocalExecutor.threads(width),
                        ProcessExecutor.open(settings("ring", width).conclude()));
        };
    }

    private static OutriderBuilder settings(String transport, int width) {
        return SmallWorkers.on(transport).workers(width);
    }

    final Kind kind() {
        return kind;
    }

    final RemoteExecutor executor() {
        return executor;
    }

    final boolean inThisProcess() {
        return kind == Kind.SEQUENTIAL || kind == Kind.THREADS;
    }
}
