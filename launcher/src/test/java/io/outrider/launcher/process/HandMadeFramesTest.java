package io.outrider.launcher.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.contract.Contract;
import io.outrider.engine.endpoint.Endpoint;
import io.outrider.engine.endpoint.Endpoints;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.protocol.ObjectSystem;
import io.outrider.protocol.TaskSystem;
import io.outrider.testkit.LeavesNothingBehind;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that no stub would make: of methods and objects that are not there. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
final class HandMadeFramesTest {
    private static final int REFUSED_CALLS = 3;

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void whatTheContractDoesNotNameIsRefusedAndCounted(String transport) {
        Endpoints endpoints = Endpoints.ofProcess();
        endpoints.enter();
        try (StartFixture fixture = new StartFixture();
                WorkerProcess worker = WorkerProcess.start(fixture.request(StartFixture.config()
                        .transport(transport)
                        .laneBytes(1 << 20)
                        .conclude()))) {
            Endpoint endpoint = endpoints.connect(worker.address(), worker.secret(), null);
            long before = endpoint.references().counts()[REFUSED_CALLS];
            int behind = Contract.of(ObjectSystem.class).methods().size();
            for (int method : new int[] {-1, behind, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                assertEquals(FrameDescriptor.REFUSED, answerTo(worker, method, ObjectSystem.ID), "method " + method);
            }
            assertEquals(FrameDescriptor.REFUSED, answerTo(worker, 0, 99), "no such object");
            assertEquals(FrameDescriptor.REFUSED, answerTo(worker, 0, -1), "no such object");
            assertEquals(before + 6, endpoint.references().counts()[REFUSED_CALLS]);
        } finally {
            endpoints.leave();
        }
        for (String never : List.of("getClass", "wait", "notify", "finalize", "clone")) {
            assertTrue(Contract.of(TaskSystem.class).methods().stream()
                    .noneMatch(method -> method.method().getName().equals(never)));
        }
    }

    private static byte answerTo(WorkerProcess worker, int method, long objectId) {
        return HandMadeLink.answerTo(worker.link(), worker.doorbell(), method, objectId);
    }
}
