package io.outrider.launcher.references;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.actor.Actors;
import io.outrider.api.ObjectCounts;
import io.outrider.api.ObjectInfo;
import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.config.PoolConfig;
import io.outrider.config.RestartPolicy;
import io.outrider.engine.endpoint.Counting;
import io.outrider.error.CallRejectedException;
import io.outrider.error.ClosedException;
import io.outrider.error.WorkerDiedException;
import io.outrider.launcher.references.Desk.Box;
import io.outrider.launcher.references.Desk.Counter;
import io.outrider.launcher.references.Desk.Tally;
import io.outrider.launcher.support.OnBothTransports;
import io.outrider.stub.Proxies;
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
            assertThrows(CallRejectedException.class, () -> Worker.export(new Tally(), Counter.class));
            assertThrows(IllegalArgumentException.class, () -> Proxies.typeOf("text"));
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
        try (RemoteExecutor own = open(settings().archive(false).workers(2));
                RemoteObject<Desk> one = own.create(Desk.class, OfficeDesk::new, ObjectOptions.DEFAULT.on(0));
                RemoteObject<Desk> two = own.create(Desk.class, OfficeDesk::new, ObjectOptions.DEFAULT.on(1))) {
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
    void aReceiverThatIsKilledBeforeItReadsKeepsNothing() {
        try (RemoteExecutor own = open(settings().archive(false).workers(2));
                RemoteObject<Desk> one = own.create(Desk.class, OfficeDesk::new, ObjectOptions.DEFAULT.on(0));
                RemoteObject<Desk> two = own.create(Desk.class, OfficeDesk::new, ObjectOptions.DEFAULT.on(1))) {
            ObjectCounts before = counts(one);
            long pid = two.stub().pid();
            CompletableFuture<?> busy = two.async(desk -> {
                desk.pause();
                return null;
            });
            CompletableFuture<?> unread = sendToBusy(one, two);
            awaitObjects(before.objects() + 1, one);
            assertEquals(before.objects() + 1, counts(one).objects(), "it is on its way");
            assertTrue(counts(one).unclaimed() > before.unclaimed());
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            awaitObjects(before.objects(), one);
            assertEquals(before.unclaimed(), counts(one).unclaimed());
            assertThrows(ExecutionException.class, () -> unread.get(20, TimeUnit.SECONDS));
            assertThrows(ExecutionException.class, () -> busy.get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void theStubOfAnObjectThatWasMadeAgainIsPassedOnAsItIsNow() {
        PoolConfig recreate = PoolConfig.DEFAULT.restart(RestartPolicy.RESTART_AND_RECREATE);
        try (RemoteExecutor own = open(settings().archive(false).workers(2).pool(recreate));
                RemoteObject<Desk> one = own.create(Desk.class, OfficeDesk::new, ObjectOptions.DEFAULT.on(0));
                RemoteObject<Desk> two = own.create(Desk.class, OfficeDesk::new, ObjectOptions.DEFAULT.on(1))) {
            assertEquals(one.stub().pid(), two.stub().ask(one.stub()).pid());
            long first = one.stub().pid();
            assertEquals(1, two.stub().ask(one.stub()).add(1));
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            Await await = new Await(Duration.ofSeconds(20));
            await.until("it was made again", () -> pidOf(one) != first);
            Counter again = two.stub().ask(one.stub());
            assertEquals(one.stub().pid(), again.pid());
            assertEquals(1, again.add(1), "it is another object, made by the same factory");
            Desk bound = one.stub();
            assertEquals("v from 0", two.stub().apply(bound::echo, "v"));
            assertEquals(0, Proxies.workerOf(one.stub()));
            assertTrue(one.stub().toString().contains("made again"), one.stub()::toString);
            one.close();
            assertThrows(ClosedException.class, () -> two.stub().ask(one.stub()));
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
