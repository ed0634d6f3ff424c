package io.outrider.launcher.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.contract.Contract;
import io.outrider.engine.endpoint.Endpoint;
import io.outrider.engine.endpoint.Endpoints;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.protocol.ObjectSystem;
import io.outrider.protocol.TaskSystem;
import io.outrider.testkit.Await;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.transport.Claim;
import io.outrider.transport.Link;
import io.outrider.transport.Publication;
import java.time.Duration;
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
        Link link = worker.link();
        Claim claim = new Claim();
        Await await = new Await(Duration.ofSeconds(20));
        while (link.publication().tryClaim(FrameDescriptor.CALL_HEADER, claim) != Publication.OK) {
            await.check("no room for a frame");
        }
        FrameDescriptor.putCall(claim.buffer(), claim.offset(), (short) 0, method, 1L, objectId);
        claim.commit();
        worker.doorbell().ring();
        byte[] type = new byte[1];
        while (type[0] == 0) {
            link.subscription().poll((frame, offset, length) -> type[0] = FrameDescriptor.type(frame, offset), 1);
            await.check("no answer");
        }
        return type[0];
    }
}
