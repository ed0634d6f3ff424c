package io.outrider.actor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.Outrider;
import io.outrider.api.ActorHooks;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.api.WorkerInfo;
import io.outrider.config.OutriderConfig;
import io.outrider.config.PoolConfig;
import io.outrider.error.AuthenticationException;
import io.outrider.error.CallRejectedException;
import io.outrider.error.ClosedException;
import io.outrider.error.ConfigurationException;
import io.outrider.error.OutriderException;
import io.outrider.error.RemoteCallException;
import io.outrider.error.WorkerDiedException;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.manager.Managers;
import io.outrider.testkit.Await;
import io.outrider.testkit.LeavesNothingBehind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Actors, from their constructor to the end of their process. */
@Timeout(90)
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"queue", "ring"})
@ExtendWith(LeavesNothingBehind.class)
class ActorsTest {
    @Parameter
    private String transport;

    @TempDir
    private Path directory;

    private OutriderConfig config() {
        return SmallWorkers.on(transport).archive(false).conclude();
    }

    private Actor<Clerk> clerk() {
        return Actors.start(config(), Clerk.class, DeskClerk::new);
    }

    @Test
    void theOwnersScopeIsTheActorsLife() throws Exception {
        String diary = directory.resolve("diary").toString();
        Clerk stub;
        long pid;
        try (Actor<Clerk> actor = Actors.start(config(), Clerk.class, () -> new DeskClerk(diary))) {
            stub = actor.stub();
            pid = stub.pid();
            assertNotEquals(ProcessHandle.current().pid(), pid);
            assertEquals(List.of("initialized", "enter"), stub.log());
            assertTrue(actor.isOwner());
            try (Actor<Clerk> borrowed = actor.borrow()) {
                assertEquals(pid, borrowed.stub().pid());
                assertThrows(CallRejectedException.class, borrowed::secret);
            }
            assertEquals(pid, stub.pid(), "a borrowed handle ends nothing");
            CompletableFuture<Long> loop = actor.async(Clerk::runUntilShutdown);
            Actors.of(Clerk.class, stub).requestShutdown();
            assertEquals(pid, loop.get(20, TimeUnit.SECONDS), "the hook has broken the loop");
            assertEquals(pid, stub.pid());
        }
        assertEquals(
                List.of("initialized", "enter", "shutdown", "exit", "shutdown"), Files.readAllLines(Path.of(diary)));
        assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
        assertThrows(OutriderException.class, stub::pid);
    }

    @Test
    void aFunctionAndAnActorAreForwardedAndARegistryHandsThemOut() {
        try (Actor<Clerk> one = clerk();
                Actor<Clerk> two = clerk()) {
            Clerk bound = two.stub();
            assertEquals(
                    "v by " + bound.pid() + " for " + one.stub().pid(),
                    one.stub().tailValue("v", bound::echo));
            one.stub().register("two", bound);
            bound.register("one", one.stub());
            Clerk picked = one.stub().pick("two");
            assertEquals(bound, picked);
            assertThrows(
                    ConfigurationException.class, () -> Managers.connect(two.address(), two.secret()), "it is none");
            assertEquals("hi by " + bound.pid(), picked.echo("hi"));
            assertEquals(
                    "hi by " + one.stub().pid(),
                    picked.pick("one").echo("hi"),
                    "by way of a registry in another registry");
        }
    }

    @Test
    void anActorInsideAnActorIsAnotherProcess() {
        try (Actor<Clerk> outer = clerk();
                Actor<Clerk> third = clerk()) {
            Clerk inner = outer.stub().colleague(transport);
            assertNotEquals(outer.stub().pid(), inner.pid());
            assertNotEquals(ProcessHandle.current().pid(), inner.pid());
            assertEquals("read by " + inner.pid(), inner.note().read(), "a proxy by way of a proxy");
            assertEquals(
                    "v by " + inner.pid() + " for " + third.stub().pid(),
                    third.stub().tailValue("v", inner::echo));
        }
    }

    @Test
    void anotherProcessAttachesByTheSecret() throws Exception {
        try (Actor<Clerk> actor = clerk();
                Actor<Clerk> other = clerk()) {
            byte[] secret = actor.secret().toBytes();
            String echo = other.stub().askOther(actor.address(), secret, "hi");
            assertEquals("hi by " + actor.stub().pid(), echo);
            secret[0] ^= 1;
            RemoteCallException wrong =
                    assertThrows(RemoteCallException.class, () -> other.stub().askOther(actor.address(), secret, "hi"));
            assertTrue(wrong.getCause() instanceof AuthenticationException, wrong::toString);
            assertEquals(1, actor.counts().refusedClients());
            assertEquals("hi by " + actor.stub().pid(), actor.stub().echo("hi"), "the actor goes on");
            assertHidden(actor.secret(), actor.stub().pid());
        }
    }

    private static void assertHidden(ActorSecret secret, long pid) throws Exception {
        String hex = HexFormat.of().formatHex(secret.toBytes());
        String raw = new String(secret.toBytes(), StandardCharsets.ISO_8859_1);
        for (String file : List.of("cmdline", "environ")) {
            byte[] shown = Files.readAllBytes(Path.of("/proc/" + pid + "/" + file));
            String text = new String(shown, StandardCharsets.ISO_8859_1);
            assertFalse(text.contains(raw) || text.contains(hex), file);
        }
        assertEquals("ActorSecret[hidden]", secret.toString());
    }

    @Test
    void anAliasTakesTheConnection() {
        try (Actor<Clerk> actor = clerk();
                Actor<Clerk> known = Actors.connect(Clerk.class, actor.address(), actor.secret(), "elsewhere")) {
            assertEquals(actor.stub().pid(), known.stub().pid());
            Actor<?> untyped = Actors.connect(actor.address(), actor.secret());
            assertTrue(untyped.stub() instanceof Clerk);
            assertEquals(actor.stub(), untyped.stub());
            untyped.close();
            assertThrows(ClosedException.class, () -> ((Clerk) untyped.stub()).pid());
        }
    }

    @Test
    void anActorThatNobodyRefersToEnds() {
        long pid = pidOfForgotten();
        awaitEnd(pid);
    }

    @Test
    void aResultKeepsTheActor() {
        Clerk.Note[] note = new Clerk.Note[1];
        long pid = forget(note);
        for (int i = 0; i < 5; i++) {
            System.gc();
            assertEquals("read by " + pid, note[0].read());
        }
        note[0] = null;
        awaitEnd(pid);
    }

    private long pidOfForgotten() {
        return clerk().stub().pid();
    }

    private long forget(Clerk.Note[] note) {
        Actor<Clerk> actor = clerk();
        note[0] = actor.stub().note();
        return actor.stub().pid();
    }

    /** Two seconds after the last reference was collected at most; the collector has some time, too. */
    private static void awaitEnd(long pid) {
        Await await = new Await(Duration.ofSeconds(5));
        while (ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
            await.check("an actor that nobody refers to lives on");
            System.gc();
            Await.giveWay();
        }
    }

    @Test
    void whatCannotStartLeavesNothing() {
        assertThrows(
                RemoteCallException.class,
                () -> Actors.start(config(), Clerk.class, () -> {
                    throw new IllegalStateException("no clerk");
                }));
        assertThrows(RemoteCallException.class, () -> Actors.start(config(), Runnable.class, RefusesToEnter::new));
        assertThrows(
                ConfigurationException.class,
                () -> Actors.start(SmallWorkers.on(transport).workers(2).conclude(), Clerk.class, DeskClerk::new));
    }

    static final class RefusesToEnter implements Runnable, ActorHooks {
        @Override
        public void onEnter() {
            throw new IllegalStateException("not today");
        }

        @Override
        public void run() {}
    }

    @Test
    void anExecutorStartsActorsInItsSpares() {
        try (RemoteExecutor workers =
                SmallWorkers.open(SmallWorkers.on(transport).archive(false).spares(1))) {
            try (Actor<Clerk> actor = Actors.start(workers, Clerk.class, DeskClerk::new)) {
                assertEquals(List.of("initialized", "enter"), actor.stub().log());
                assertEquals(2, workers.workers().size());
            }
            assertEquals(1, workers.workers().size());
        }
    }

    @Test
    void anActorThatDiesStaysDead() {
        OutriderConfig restarting = SmallWorkers.on(transport)
                .archive(false)
                .pool(PoolConfig.DEFAULT)
                .conclude();
        try (RemoteExecutor workers = Outrider.open(restarting);
                Actor<Clerk> actor = Actors.start(workers, Clerk.class, DeskClerk::new)) {
            RemoteObject<Clerk> beside = workers.create(Clerk.class, DeskClerk::new);
            assertNotEquals(actor.stub().pid(), beside.stub().pid(), "an actor has its process to itself");
            Actor<Clerk> borrowed = actor.borrow();
            assertThrows(WorkerDiedException.class, () -> actor.stub().exit());
            assertThrows(WorkerDiedException.class, () -> actor.stub().pid(), "its state is not made up again");
            assertThrows(WorkerDiedException.class, borrowed::requestShutdown);
            borrowed.close();
            assertEquals(
                    List.of(true, false),
                    workers.workers().stream().map(WorkerInfo::alive).toList());
            assertTrue(beside.stub().pid() > 0, "what is beside it goes on");
            beside.close();
        }
    }

    @Test
    void aPoolSpreadsCallsAndReplacesTheDead() throws Exception {
        try (ActorPool<Clerk> pool = ActorPool.start(
                SmallWorkers.on(transport)
                        .archive(false)
                        .workers(2)
                        .pool(PoolConfig.DEFAULT.restartBudget(1, Duration.ofMinutes(5)))
                        .conclude(),
                Clerk.class,
                DeskClerk::new)) {
            long one = pool.call(Clerk::pid);
            long two = pool.call(Clerk::pid);
            assertNotEquals(one, two);
            assertEquals(one, pool.call(Clerk::pid));
            assertEquals(
                    2,
                    pool.broadcast(Clerk::pid).stream()
                            .map(CompletableFuture::join)
                            .distinct()
                            .count());
            CompletableFuture<Long> busy = pool.async(Clerk::runUntilShutdown);
            long free = pool.<Long>async(Clerk::pid).get(20, TimeUnit.SECONDS);
            assertEquals(free, pool.leastLoaded().pid(), "the other one is busy");
            assertThrows(OutriderException.class, () -> pool.leastLoaded().exit());
            Await await = new Await(Duration.ofSeconds(40));
            while (pool.size() < 2) {
                await.check("a dead member was not replaced");
                Await.giveWay();
            }
            assertFalse(busy.isDone(), "the other member has noticed nothing");
            assertThrows(OutriderException.class, () -> pool.leastLoaded().exit());
            assertEquals(pool.next(), pool.next(), "the budget is spent");
            assertEquals(1, pool.size());
        }
    }
}
