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
import io.outrider.protocol.FrameDescriptor;
import io.outrider.protocol.ObjectSystem;
import io.outrider.protocol.TaskSystem;
import io.outrider.protocol.attach.AttachDescriptor.Hello;
import io.outrider.protocol.attach.AttachDescriptor.KeyKind;
import io.outrider.protocol.attach.AttachDescriptor.Role;
import io.outrider.protocol.attach.AttachHandshake;
import io.outrider.protocol.attach.TrustDomain;
import io.outrider.protocol.control.SecretToken;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.StubFactory;
import io.outrider.testkit.Await;
import io.outrider.testkit.ClassLeavesNothingBehind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A process attaches to a worker beside its launcher. Here the process is the same one, over a link of its own. */
@Timeout(60)
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"queue", "ring"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(ClassLeavesNothingBehind.class)
final class AttachTest {
    private static final int REFUSED_CALLS = 3;
    private static final int REFUSED_CLIENTS = 4;

    private final Endpoints endpoints = Endpoints.ofProcess();

    @Parameter
    private String transport;

    private StartFixture fixture;
    private WorkerProcess worker;

    @BeforeParameterizedClassInvocation
    void startWorker() {
        fixture = new StartFixture();
        worker = start();
    }

    @AfterParameterizedClassInvocation
    void endWorker() {
        worker.close();
        fixture.close();
    }

    @BeforeEach
    void enter() {
        endpoints.enter();
    }

    /** Which gives up all links, so that each test begins without. */
    @AfterEach
    void leave() {
        endpoints.leave();
    }

    private WorkerProcess start() {
        return WorkerProcess.start(fixture.request(
                StartFixture.config().transport(transport).laneBytes(1 << 20).conclude()));
    }

    private static TaskSystem tasks(CallClient client) {
        Contract<TaskSystem> contract = Contract.of(TaskSystem.class);
        return StubFactory.of(contract).newStub(client, new ObjectRef("there", 0, TaskSystem.ID, contract));
    }

    /** The directories of the links of those that are attached. */
    private Set<Path> links() {
        try (Stream<Path> beside = Files.list(Path.of(worker.address()).getParent())) {
            return beside.filter(each -> each.getFileName().toString().matches("c\\d+"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aClientThatKnowsTheSecretHasALinkOfItsOwn() {
        Await await = new Await(Duration.ofSeconds(20));
        await.until("the links of other tests are gone", () -> links().isEmpty());
        Endpoint endpoint = endpoints.connect(worker.address(), worker.secret(), null);
        assertEquals(1, links().size());
        OutriderException refused = assertThrows(
                OutriderException.class, () -> tasks(endpoint.client()).run(() -> 1));
        assertTrue(refused.getMessage().contains("launcher"), refused.getMessage());
        endpoints.forget(worker.address());
        await.until("the files of a client that has left are gone", () -> links().isEmpty());
        assertTrue(worker.isAlive());
    }

    @Test
    void aWrongSecretIsRefusedInTimeAndCountedAndTheWorkerGoesOn() {
        long before = refusedClients();
        endpoints.leave(); // and with that the link by which that was asked
        endpoints.enter();
        byte[] wrong = worker.secret().toBytes();
        wrong[31] ^= 1;
        assertTimeout(
                Duration.ofSeconds(1),
                () -> assertThrows(
                        AuthenticationException.class,
                        () -> endpoints.connect(worker.address(), SecretToken.of(wrong), null)));
        // The key of the session is another one, and opens another door.
        assertThrows(AuthenticationException.class, () -> endpoints.connect(worker.address(), TrustDomain.key(), null));
        assertEquals(before + 2, refusedClients());
    }

    private long refusedClients() {
        return endpoints.at(worker.address()).references().counts()[REFUSED_CLIENTS];
    }

    @Test
    void theSharedKeyOpensTheDoorToThoseThatHaveItOnly() throws Exception {
        Path door = Path.of(worker.address());
        Hello shared =
                new Hello(Role.PROOF, KeyKind.SHARED, 0, ProcessHandle.current().pid());
        AttachHandshake.connect(door, shared, TrustDomain.key()).close();
        assertThrows(AuthenticationException.class, () -> AttachHandshake.connect(door, shared, SecretToken.random()));
        assertThrows(AuthenticationException.class, () -> AttachHandshake.connect(door, shared, worker.secret()));
    }

    @Test
    void aWorkerThatDiesFailsTheCallsOfThoseThatAttached() {
        try (WorkerProcess dying = start()) {
            CallClient client = endpoints.at(dying.address()).client();
            dying.kill();
            Await await = new Await(Duration.ofSeconds(20));
            OutriderException failure = failure(client);
            while (!(failure instanceof WorkerDiedException)) {
                await.check("calls are not refused as those to a dead worker: " + failure);
                failure = failure(client);
            }
            WorkerDiedException died = assertInstanceOf(WorkerDiedException.class, failure);
            assertEquals(dying.pid(), died.report().pid());
        }
    }

    private static OutriderException failure(CallClient client) {
        return assertThrows(OutriderException.class, () -> tasks(client).run(() -> 1));
    }

    @Test
    void strangersThatSayNothingOrGarbageAreClosed() throws Exception {
        for (int length : new int[] {0, 1, 64, 4096}) {
            byte[] garbage = new byte[length];
            Arrays.fill(garbage, (byte) 0x55);
            Strangers.sayAndAwaitEnd(worker.address(), garbage);
        }
        Endpoint endpoint = endpoints.connect(worker.address(), worker.secret(), null);
        assertEquals(0, endpoint.client().workerId());
    }

    /** Calls that no stub would make; those of an attached client are in {@code ExposeTest}. */
    @Test
    void whatTheContractDoesNotNameIsRefusedToTheLauncherTooAndCounted() {
        Endpoint endpoint = endpoints.connect(worker.address(), worker.secret(), null);
        long before = endpoint.references().counts()[REFUSED_CALLS];
        int behind = Contract.of(ObjectSystem.class).methods().size();
        for (int method : new int[] {-1, behind, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertEquals(FrameDescriptor.REFUSED, answerTo(method, ObjectSystem.ID), "method " + method);
        }
        assertEquals(FrameDescriptor.REFUSED, answerTo(0, 99), "no such object");
        assertEquals(FrameDescriptor.REFUSED, answerTo(0, -1), "no such object");
        assertEquals(before + 6, endpoint.references().counts()[REFUSED_CALLS]);
        for (String never : List.of("getClass", "wait", "notify", "finalize", "clone")) {
            assertTrue(Contract.of(TaskSystem.class).methods().stream()
                    .noneMatch(method -> method.method().getName().equals(never)));
        }
    }

    private byte answerTo(int method, long objectId) {
        return HandMadeLink.answerTo(worker.link(), worker.doorbell(), method, objectId);
    }
}
