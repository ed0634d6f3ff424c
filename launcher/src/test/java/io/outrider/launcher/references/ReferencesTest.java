package io.outrider.launcher.references;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.actor.ActorSecret;
import io.outrider.actor.Actors;
import io.outrider.api.ObjectCounts;
import io.outrider.api.ObjectInfo;
import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.api.ReturnsProxy;
import io.outrider.config.OutriderBuilder;
import io.outrider.config.PoolConfig;
import io.outrider.config.RestartPolicy;
import io.outrider.contract.Contract;
import io.outrider.engine.ObjectHandle;
import io.outrider.engine.endpoint.Counting;
import io.outrider.engine.endpoint.Endpoints;
import io.outrider.error.CallRejectedException;
import io.outrider.error.ClosedException;
import io.outrider.error.ConfigurationException;
import io.outrider.error.ContractException;
import io.outrider.error.OutriderException;
import io.outrider.error.WorkerDiedException;
import io.outrider.launcher.executor.ProcessExecutor;
import io.outrider.launcher.references.Desk.Box;
import io.outrider.launcher.references.Desk.Counter;
import io.outrider.launcher.references.Desk.Other;
import io.outrider.launcher.references.Desk.Tally;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.stub.CallPort;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.Proxies;
import io.outrider.stub.Stub;
import io.outrider.stub.StubFactory;
import io.outrider.testkit.Await;
import io.outrider.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stubs as arguments and results: who arrives, who is called, and what lives for how long. */
@Timeout(60)
class ReferencesTest extends OnBothTransports {
    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.workers(2);
    }

    private RemoteObject<Desk> desk(int worker) {
        return workers().create(Desk.class, OfficeDesk::new, ObjectOptions.DEFAULT.on(worker));
    }

    @Test
    void aResultLeftInTheWorkerIsCalledThere() {
        try (RemoteObject<Desk> desk = desk(0)) {
            Counter counter = desk.stub().counter();
            assertEquals(desk.stub().pid(), counter.pid());
            assertEquals(5, counter.add(5));
            assertEquals(6, desk.stub().counter().add(1), "it is the same object");
            assertEquals(counter, desk.stub().counter());
            assertEquals(counter.hashCode(), desk.stub().counter().hashCode());
            assertNotEquals(counter, desk.stub().newCounter());
            assertEquals(Counter.class, Proxies.typeOf(counter));
            assertTrue(counter.toString().matches("Counter\\[worker 0, object [0-9a-f]+]"), counter::toString);
        }
    }

    @Test
    void aStubIsPassedFromWorkerToWorkerAndHome() {
        try (RemoteObject<Desk> one = desk(0);
                RemoteObject<Desk> two = desk(1)) {
            Counter counter = one.stub().counter();
            assertEquals(1, two.stub().addBy(counter, 1), "called by the other worker, directly");
            assertEquals(2, counter.add(1));
            assertTrue(one.stub().isMine(counter), "at home it is the object");
            assertFalse(two.stub().isMine(counter));
            assertEquals(counter, two.stub().giveBack(counter));
            assertEquals(one.stub().pid(), two.stub().giveBack(counter).pid());
            assertEquals(4, two.stub().addNested(new Box(Map.of("all", List.of(counter, counter)))));
        }
    }

    @Test
    void theStubOfAnObjectThatWasCreatedIsPassedOn() {
        try (RemoteObject<Desk> one = desk(0);
                RemoteObject<Desk> two = desk(1)) {
            Counter counter = two.stub().ask(one.stub());
            assertEquals(one.stub().pid(), counter.pid(), "met through the other worker only");
            assertEquals(counter, one.stub().counter());
        }
    }

    @Test
    void aBoundMethodIsCalledFromAnotherWorker() {
        try (RemoteObject<Desk> one = desk(0);
                RemoteObject<Desk> two = desk(1)) {
            Desk bound = two.stub();
            assertEquals("v from 1", one.stub().apply(bound::echo, "v"));
        }
    }

    @Test
    void anExportIsAProxyInItsWorkerToo() {
        try (RemoteObject<Desk> desk = desk(0)) {
            Counter counter = desk.stub().exported();
            assertEquals(7, counter.add(7));
            assertEquals(counter, desk.stub().counter());
        }
    }

    @Test
    void misuseHasItsOwnErrors() {
        try (RemoteObject<Desk> one = desk(0);
                RemoteObject<Desk> two = desk(1)) {
            Counter counter = one.stub().counter();
            two.stub().keep(counter);
            assertTrue(one.stub().misuse("two contracts").contains("one contract only"));
            assertTrue(one.stub().misuse("no contract").contains("not an interface"));
            assertTrue(two.stub().misuse("foreign").contains("is a proxy already"));
            assertTrue(one.stub().misuse("typeOf").contains("no stub"));
            assertTrue(one.stub().misuse("closed").contains("was closed"));
            assertThrows(CallRejectedException.class, () -> Worker.export(new Tally(), Counter.class));
            assertThrows(IllegalArgumentException.class, () -> Proxies.typeOf("text"));
            assertThrows(IllegalArgumentException.class, () -> Proxies.close("text"));
            assertThrows(CallRejectedException.class, () -> Proxies.close(one.stub()), "close its handle instead");
            assertThrows(IllegalArgumentException.class, () -> Actors.of(Runnable.class, () -> {}));
            assertThrows(ConfigurationException.class, () -> Actors.of(Desk.class, one.stub()), "no actor");
            ActorSecret secret =
                    ActorSecret.of(((ProcessExecutor) workers()).secret(0).toBytes());
            assertThrows(
                    ConfigurationException.class,
                    () -> Actors.connect(Desk.class, Proxies.addressOf(one.stub()), secret, "alias"));
            assertEquals("alias", Endpoints.ofProcess().at("alias").address());
        }
    }

    interface ReturnsWhatIsNoContract {
        @ReturnsProxy
        String text();
    }

    @Test
    void aProxyOfWhatCanBeNoContractIsRefusedWhenTheContractIsRead() {
        String message = assertThrows(
                        ContractException.class,
                        () -> workers().create(ReturnsWhatIsNoContract.class, () -> () -> "text"))
                .getMessage();
        assertTrue(message.contains("text()") && message.contains("not an interface"), message);
    }

    @Test
    void anObjectHasOneContractAndOneIdWhoeverMakesIt() {
        try (RemoteObject<Counter> first =
                        workers().create(Counter.class, () -> OfficeDesk.SINGLE, ObjectOptions.DEFAULT.on(0));
                RemoteObject<Desk> desk = desk(0)) {
            ContractException refused = assertThrows(
                    ContractException.class,
                    () -> workers().create(Other.class, () -> OfficeDesk.SINGLE, ObjectOptions.DEFAULT.on(0)));
            assertTrue(refused.getMessage().contains("one contract only"), refused::getMessage);
            Counter stub = first.stub();
            try (RemoteObject<Counter> second =
                    workers().create(Counter.class, () -> OfficeDesk.SINGLE, ObjectOptions.DEFAULT.on(0))) {
                assertEquals(stub, second.stub());
                assertEquals(stub.add(1) + 1, second.stub().add(1));
            }
            assertEquals(desk.stub().pid(), stub.pid(), "one of its owners is left");
        }
    }

    @Test
    void aReferenceThatLiesAboutItsContractIsRefused() {
        try (RemoteObject<Desk> desk = desk(0)) {
            Counter counter = desk.stub().counter();
            assertEquals("Tally", desk.stub().kindOf(counter));
            ObjectRef ref = ((Stub) counter).outriderRef();
            Contract<Other> other = Contract.of(Other.class);
            Other forged = StubFactory.of(other)
                    .newStub(
                            (CallPort) ((ObjectHandle<Desk>) desk).port(),
                            new ObjectRef(ref.address(), ref.workerId(), ref.objectId(), other));
            OutriderException refused =
                    assertThrows(OutriderException.class, () -> desk.stub().kindOf(forged));
            assertTrue(refused.getMessage().contains("as one to a " + Other.class.getName()), refused::getMessage);
            assertEquals(1, counter.add(1));
        }
    }

    @Test
    void aStubThatIsClosedIsGivenUpAtOnce() {
        try (RemoteObject<Desk> one = desk(0);
                RemoteObject<Desk> two = desk(1)) {
            awaitObjects(1, one, two); // those of other tests are gone
            Counter counter = one.stub().newCounter();
            two.stub().keep(counter);
            assertEquals(1, counter.add(1));
            Proxies.close(counter);
            Proxies.close(counter);
            assertThrows(ClosedException.class, () -> counter.add(1));
            assertThrows(ClosedException.class, () -> two.stub().keep(counter));
            assertEquals(2, two.stub().addToKept(1), "others have their own");
            Counter other = one.stub().counter();
            Counter same = one.stub().counter();
            Proxies.close(other);
            assertEquals(3, same.add(3), "another stub of the same object");
            long objects = counts(one).objects();
            Proxies.close(same);
            new Await(Duration.ofSeconds(2))
                    .until("it is gone", () -> counts(one).objects() == objects - 1);
            two.stub().forgetKept();
        }
    }

    @Test
    void anObjectLivesAsLongAsSomebodyHasAReference() {
        try (RemoteObject<Desk> one = desk(0);
                RemoteObject<Desk> two = desk(1)) {
            ObjectCounts before = counts(one);
            hand(one, two);
            collectAll(one);
            assertEquals(8, two.stub().addToKept(8), "dropped by whoever sent it, kept by whoever has it");
            two.stub().forgetKept();
            awaitObjects(before.objects(), one, two);
        }
    }

    /** In a frame of its own, so that nothing here refers to the counter afterwards. */
    private static void hand(RemoteObject<Desk> one, RemoteObject<Desk> two) {
        two.stub().keep(one.stub().newCounter());
    }

    @Test
    void aReferenceThatItsSenderDropsBeforeItIsReadKeepsTheObject() throws Exception {
        try (RemoteObject<Desk> one = desk(0);
                RemoteObject<Desk> two = desk(1);
                RemoteObject<Desk> beside = desk(1)) {
            awaitObjects(1, one, two); // those of other tests are gone
            ObjectCounts before = counts(one);
            CompletableFuture<?> busy = two.async(desk -> {
                desk.pause();
                return null;
            });
            CompletableFuture<?> unread = sendToBusy(one, two);
            Await await = new Await(Duration.ofSeconds(20));
            while (counts(one).references() > before.references() + 1) {
                await.check("the sender has not dropped its reference: " + counts(one));
                collectAll(one);
            }
            assertEquals(before.objects() + 1, counts(one).objects(), "it is on its way");
            beside.stub().goOn();
            busy.get(20, TimeUnit.SECONDS);
            unread.get(20, TimeUnit.SECONDS);
            assertEquals(3, two.stub().addToKept(3));
            two.stub().forgetKept();
            awaitObjects(before.objects(), one, two);
        }
    }

    private static CompletableFuture<?> sendToBusy(RemoteObject<Desk> one, RemoteObject<Desk> two) {
        Counter counter = one.stub().newCounter();
        return two.async(desk -> {
            desk.keep(counter);
            return null;
        });
    }

    @Test
    void aKilledClientLosesItsReferences() {
        try (RemoteExecutor own = open(settings());
                RemoteObject<Desk> one = desk(0);
                RemoteObject<Desk> two = own.create(Desk.class, OfficeDesk::new)) {
            awaitObjects(1, one, two); // those of other tests are gone
            ObjectCounts before = counts(one);
            Counter ours = one.stub().newCounter();
            hand(one, two);
            assertEquals(1, two.stub().addToKept(1));
            Await await = new Await(Duration.ofSeconds(20));
            await.until("the references have arrived", () -> counts(one).unclaimed() == 0);
            assertEquals(before.objects() + 2, counts(one).objects());
            List<ObjectInfo> objects = Actors.objectsAt(ours);
            assertEquals(
                    Set.of(Desk.class.getName(), Counter.class.getName()),
                    objects.stream().map(ObjectInfo::contract).collect(Collectors.toSet()));
            assertTrue(objects.stream().allMatch(object -> object.holders() > 0), objects::toString);
            ProcessHandle.of(two.stub().pid()).orElseThrow().destroyForcibly();
            while (counts(one).objects() > before.objects() + 1) {
                await.check("what only the dead one referred to is still there: " + counts(one));
                System.gc();
            }
            assertEquals(4, ours.add(4), "nobody else has lost anything");
            assertThrows(WorkerDiedException.class, () -> two.stub().pid());
        }
    }

    @Test
    void aReceiverThatIsKilledBeforeItReadsKeepsNothingAndIsPassedOnAsItIsNow() {
        PoolConfig recreate = PoolConfig.DEFAULT.restart(RestartPolicy.RESTART_AND_RECREATE);
        try (RemoteExecutor own = open(settings().pool(recreate));
                RemoteObject<Desk> one = desk(1);
                RemoteObject<Desk> two = own.create(Desk.class, OfficeDesk::new)) {
            awaitObjects(1, one, two); // those of other tests are gone
            ObjectCounts before = counts(one);
            long first = two.stub().pid();
            CompletableFuture<?> busy = two.async(desk -> {
                desk.pause();
                return null;
            });
            CompletableFuture<?> unread = sendToBusy(one, two);
            awaitObjects(before.objects() + 1, one);
            assertEquals(before.objects() + 1, counts(one).objects(), "it is on its way");
            assertTrue(counts(one).unclaimed() > before.unclaimed());
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            awaitObjects(before.objects(), one);
            assertEquals(before.unclaimed(), counts(one).unclaimed());
            assertThrows(ExecutionException.class, () -> unread.get(20, TimeUnit.SECONDS));
            assertThrows(ExecutionException.class, () -> busy.get(20, TimeUnit.SECONDS));

            Await await = new Await(Duration.ofSeconds(20));
            await.until("the receiver was made again", () -> pidOf(two) != first);
            Counter again = one.stub().ask(two.stub());
            assertEquals(two.stub().pid(), again.pid());
            assertEquals(1, again.add(1), "it is another object, made by the same factory");
            Desk bound = two.stub();
            assertEquals("v from 0", one.stub().apply(bound::echo, "v"));
            assertEquals(0, Proxies.workerOf(bound));
            assertTrue(bound.toString().contains("made again"), bound::toString);
            two.close();
            assertThrows(ClosedException.class, () -> one.stub().ask(bound));
        }
    }

    private static long pidOf(RemoteObject<Desk> desk) {
        try {
            return desk.stub().pid();
        } catch (WorkerDiedException before) { // sent before the death was known
            return pidOf(desk);
        }
    }

    @Test
    void manyReferencesComeAndGo() {
        try (RemoteObject<Desk> desk = desk(0)) {
            ObjectCounts before = counts(desk);
            for (int i = 0; i < 5_000; i++) {
                assertEquals(i, desk.stub().newCounter().add(i));
            }
            awaitObjects(before.objects(), desk, desk);
        }
    }

    @Test
    void anObjectThatWasLetGoRefusesCalls() {
        try (RemoteObject<Desk> one = desk(0);
                RemoteObject<Desk> two = desk(1)) {
            Counter counter = one.stub().counter();
            two.stub().keep(counter);
            one.close();
            assertEquals(1, two.stub().addToKept(1), "a result outlives the object that returned it");
            assertThrows(ClosedException.class, () -> one.stub().pid());
        }
    }

    private static ObjectCounts counts(RemoteObject<Desk> desk) {
        return Counting.at(desk.stub());
    }

    private static void collectAll(RemoteObject<Desk> desk) {
        System.gc();
        desk.stub().collect();
    }

    @SafeVarargs
    private static void awaitObjects(long objects, RemoteObject<Desk> one, RemoteObject<Desk>... others) {
        Await await = new Await(Duration.ofSeconds(20));
        while (counts(one).objects() > objects) {
            await.check("objects are still there: " + counts(one));
            System.gc();
            one.stub().collect();
            for (RemoteObject<Desk> other : others) {
                other.stub().collect();
            }
        }
    }
}
