package io.outrider.launcher.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.contract.Contract;
import io.outrider.engine.CallClient;
import io.outrider.engine.endpoint.Endpoint;
import io.outrider.engine.endpoint.Endpoints;
import io.outrider.error.AuthenticationException;
import io.outrider.error.OutriderException;
import io.outrider.error.WorkerDiedException;
import io.outrider.protocol.TaskSystem;
import io.outrider.protocol.attach.TrustDomain;
import io.outrider.protocol.control.SecretToken;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.StubFactory;
import io.outrider.testkit.Await;
import io.outrider.testkit.LeavesNothingBehind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process attaches to a worker beside its launcher. Here the process is the same one, over a link of its own. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
final class AttachTest {
    private final Endpoints endpoints = Endpoints.ofProcess();
    private StartFixture fixture;

    @BeforeEach
    void enter() {
        fixture = new StartFixture();
        endpoints.enter();
    }

    @AfterEach
    void leave() {
        endpoints.leave();
        fixture.close();
    }

    private WorkerProcess start(String transport) {
        return WorkerProcess.start(fixture.request(
                StartFixture.config().transport(transport).laneBytes(1 << 20).conclude()));
    }

    private static TaskSystem tasks(CallClient client) {
        Contract<TaskSystem> contract = Contract.of(TaskSystem.class);
        return StubFactory.of(contract).newStub(client, new ObjectRef("there", 0, TaskSystem.ID, contract));
    }

    private static Path linkOf(WorkerProcess worker, int client) {
        return Path.of(worker.address()).resolveSibling("c" + client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void aClientThatKnowsTheSecretHasALinkOfItsOwn(String transport) {
        try (WorkerProcess worker = start(transport)) {
            Endpoint endpoint = endpoints.connect(worker.address(), worker.secret(), null);
            assertTrue(Files.isDirectory(linkOf(worker, 1)));
            OutriderException refused = assertThrows(
                    OutriderException.class, () -> tasks(endpoint.client()).run(() -> 1));
            assertTrue(refused.getMessage().contains("launcher"), refused.getMessage());
            endpoints.forget(worker.address());
            Await await = new Await(Duration.ofSeconds(20));
            while (Files.exists(linkOf(worker, 1))) {
                await.check("the files of a client that has left are still there");
                Await.giveWay();
            }
            assertTrue(worker.isAlive());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void aWrongSecretIsRefusedAndTheWorkerGoesOn(String transport) {
        try (WorkerProcess worker = start(transport)) {
            byte[] wrong = worker.secret().toBytes();
            wrong[31] ^= 1;
            assertTimeout(
                    Duration.ofSeconds(1),
                    () -> assertThrows(
                            AuthenticationException.class,
                            () -> endpoints.connect(worker.address(), SecretToken.of(wrong), null)));
            // The key of the session is another one, and opens another door.
            assertThrows(
                    AuthenticationException.class, () -> endpoints.connect(worker.address(), TrustDomain.key(), null));
            assertEquals(0, endpoints.at(worker.address()).client().workerId());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void aWorkerThatDiesFailsTheCallsOfThoseThatAttached(String transport) {
        try (WorkerProcess worker = start(transport)) {
            CallClient client = endpoints.at(worker.address()).client();
            worker.kill();
            Await await = new Await(Duration.ofSeconds(20));
            OutriderException failure = failure(client);
            while (!(failure instanceof WorkerDiedException)) {
                await.check("calls are not refused as those to a dead worker: " + failure);
                failure = failure(client);
            }
            WorkerDiedException died = assertInstanceOf(WorkerDiedException.class, failure);
            assertEquals(worker.pid(), died.report().pid());
        }
    }

    private static OutriderException failure(CallClient client) {
        return assertThrows(OutriderException.class, () -> tasks(client).run(() -> 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void strangersThatSayNothingOrGarbageAreClosed(String transport) throws Exception {
        try (WorkerProcess worker = start(transport)) {
            for (int length : new int[] {0, 1, 64, 4096}) {
                byte[] garbage = new byte[length];
                Arrays.fill(garbage, (byte) 0x55);
                Strangers.sayAndAwaitEnd(worker.address(), garbage);
            }
            assertEquals(
                    0,
                    endpoints
                            .connect(worker.address(), worker.secret(), null)
                            .client()
                            .workerId());
        }
    }
}
