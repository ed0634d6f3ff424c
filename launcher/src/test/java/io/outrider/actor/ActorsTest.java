package io.outrider.actor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.outrider.Outrider;
import io.outrider.api.ActorHooks;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.api.WorkerInfo;
import io.outrider.config.OutriderConfig;
import io.outrider.config.PoolConfig;
import io.outrider.engine.endpoint.Endpoints;
import io.outrider.error.AuthenticationException;
import io.outrider.error.CallRejectedException;
import io.outrider.error.ClosedException;
import io.outrider.error.ConfigurationException;
import io.outrider.error.OutriderException;
import io.outrider.error.RemoteCallException;
import io.outrider.error.WorkerDiedException;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.launcher.support.Threads;
import io.outrider.manager.Managers;
import io.outrider.protocol.attach.TrustDomain;
import io.outrider.stub.Proxies;
import io.outrider.testkit.Await;
import io.outrider.testkit.ClassLeavesNothingBehind;
import io.outrider.testkit.JavaProcess;
import io.outrider.testkit.LeavesNothingBehind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Actors, from their constructor to the end of their process. Two of them are shared: what ends one starts its own. */
@Timeout(90)
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"queue", "ring"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(ClassLeavesNothingBehind.class)
class ActorsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** Within this an actor ends that nobody refers to any more. */
    private static final Duration END = Duration.ofSeconds(2);
    /** Within this a wrong secret is refused. */
    private static final Duration REFUSAL = Duration.ofSeconds(1);

    /** More than a stream has on its way. */
    private static final int COUNT = 20_000;

    @Parameter
    private String transport;

    @TempDir
    private Path directory;

    private Actor<Clerk> one;
    private Actor<Clerk> two;

    @BeforeParameterizedClassInvocation
    void startActors() {
        CompletableFuture<Actor<Clerk>> beside = CompletableFuture.supplyAsync(this::clerk);
        one = clerk();
        two = beside.join();
    }

    @AfterParameterizedClassInvocation
    void endActors() {
        one.close();
        two.close();
    }

    private OutriderConfig config() {
        return SmallWorkers.on(transport).maxPayloadBytes(1 << 19).conclude();
    }

    private Actor<Clerk> clerk() {
        return Actors.start(config(), Clerk.class, DeskClerk::new);
    }

    private Path file(String name) {
        return directory.resolve(transport + "-" + name);
    }

    @Test
    void theOwnersScopeIsTheActorsLife() throws Exception {
        String diary = file("diary").toString();
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
            try (Actor<Clerk> other = Actors.of(Clerk.class, stub)) {
                other.requestShutdown();
            }
            assertEquals(pid, loop.get(20, TimeUnit.SECONDS), "the hook has broken the loop");
            assertEquals(pid, stub.pid());
        }
        assertEquals(
                List.of("initialized", "enter", "shutdown", "exit", "shutdown"), Files.readAllLines(Path.of(diary)));
        assertFalse(isAlive(pid));
        assertThrows(OutriderException.class, stub::pid);
    }

    @Test
    void byDefaultAClassIsMadeByTheConstructorThatFits() throws Exception {
        assumeTrue(transport.equals(OutriderConfig.builder().conclude().link().transport()));
        String diary = file("diary of a class").toString();
        try (Actor<Clerk> actor = Actors.start(Clerk.class, DeskClerk.class, diary)) {
            assertEquals(List.of("initialized", "enter"), actor.stub().log());
        }
        assertEquals(List.of("initialized", "enter", "exit", "shutdown"), Files.readAllLines(Path.of(diary)));
    }

    @Test
    void aFunctionAndAnActorAreForwardedAndARegistryHandsThemOut() {
        Clerk bound = two.stub();
        assertEquals(
                "v by " + bound.pid() + " for " + one.stub().pid(), one.stub().tailValue("v", bound::echo));
        one.stub().register("two", bound);
        bound.register("one", one.stub());
        Clerk picked = one.stub().pick("two");
        assertEquals(bound, picked);
        assertThrows(ConfigurationException.class, () -> Managers.connect(two.address(), two.secret()), "it is none");
        assertEquals("hi by " + bound.pid(), picked.echo("hi"));
        assertEquals(
                "hi by " + one.stub().pid(), picked.pick("one").echo("hi"), "by way of a registry in another registry");
    }

    @Test
    void anActorInsideAnActorIsAnotherProcess() {
        Clerk inner = one.stub().colleague(transport);
        assertNotEquals(one.stub().pid(), inner.pid());
        assertNotEquals(ProcessHandle.current().pid(), inner.pid());
        assertEquals("read by " + inner.pid(), inner.note().read(), "a proxy by way of a proxy");
        assertEquals(
                "v by " + inner.pid() + " for " + two.stub().pid(), two.stub().tailValue("v", inner::echo));
    }

    @Test
    void aWrongSecretIsRefusedAndCountedInTimeAndTheActorGoesOn() {
        byte[] secret = one.secret().toBytes();
        String address = one.address();
        String echo = two.stub().askOther(address, secret, "hi");
        assertEquals("hi by " + one.stub().pid(), echo);
        long before = one.counts().refusedClients();
        secret[0] ^= 1;
        RemoteCallException there = assertTimeout(
                REFUSAL,
                () -> assertThrows(RemoteCallException.class, () -> two.stub().askOther(address, secret, "hi")));
        assertTrue(there.getCause() instanceof AuthenticationException, there::toString);
        assertEquals(before + 1, one.counts().refusedClients(), "from another process");
        assertTimeout(
                REFUSAL,
                () -> assertThrows(
                        AuthenticationException.class,
                        () -> Actors.connect(Clerk.class, address, ActorSecret.of(secret), "nowhere")));
        assertEquals(before + 2, one.counts().refusedClients(), "from the one that has a link to it anyway");
        assertEquals("nowhere", Endpoints.ofProcess().at("nowhere").address(), "who was refused has no alias");
        assertEquals("hi by " + one.stub().pid(), one.stub().echo("hi"), "the actor goes on");
    }

    @Test
    void theSecretsStandNowhere() throws Exception {
        assertEquals("ActorSecret[hidden]", one.secret().toString());
        Set<String> secrets = new HashSet<>();
        for (byte[] secret : List.of(one.secret().toBytes(), TrustDomain.key().toBytes())) {
            secrets.add(HexFormat.of().formatHex(secret));
            secrets.add(new String(secret, StandardCharsets.ISO_8859_1));
        }
        for (String file : List.of("cmdline", "environ")) {
            assertHidden(secrets, Path.of("/proc/" + one.stub().pid() + "/" + file));
        }
        Path session = Path.of(one.address()).getParent().getParent();
        try (Stream<Path> found = Files.walk(session)) {
            for (Path each : found.toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(each));
                assertTrue(mode.endsWith("------"), () -> each + " is open to others: " + mode);
                if (Files.isRegularFile(each)) {
                    assertHidden(secrets, each);
                }
            }
        }
    }

    private static void assertHidden(Set<String> secrets, Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] piece = new byte[1 << 16];
            String before = "";
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                String text = before + new String(piece, 0, read, StandardCharsets.ISO_8859_1);
                assertTrue(secrets.stream().noneMatch(text::contains), file::toString);
                before = text.substring(Math.max(0, text.length() - 2 * ActorSecret.LENGTH));
            }
        }
    }

    @Test
    void anAliasLastsAsLongAsItsHandle() {
        Endpoints endpoints = Endpoints.ofProcess();
        try (Actor<Clerk> known = Actors.connect(Clerk.class, one.address(), one.secret(), "elsewhere")) {
            assertEquals(one.stub().pid(), known.stub().pid());
            assertEquals(one.address(), endpoints.at("elsewhere").address());
            Actors.connect(Clerk.class, one.address(), one.secret(), "elsewhere")
                    .close();
            assertEquals(one.address(), endpoints.at("elsewhere").address(), "it has another handle");
        }
        assertEquals("elsewhere", endpoints.at("elsewhere").address());
        Actor<?> untyped = Actors.connect(one.address(), one.secret());
        assertTrue(untyped.stub() instanceof Clerk);
        assertEquals(one.stub(), untyped.stub());
        untyped.close();
        assertThrows(ClosedException.class, () -> ((Clerk) untyped.stub()).pid());
        assertThrows(
                CallRejectedException.class, () -> Actors.connect(Runnable.class, one.address(), one.secret(), "no"));
        assertEquals("no", endpoints.at("no").address());
    }

    @Test
    void anOutsiderAttachesAndItsDeathTouchesNoOther() throws Exception {
        one.stub().register("friend", two.stub());
        Clerk.Note ours = one.stub().note();
        Path door = Path.of(one.address());
        Set<Path> links = links(door);
        Path directory = Files.createTempDirectory(Path.of("/dev/shm"), LeavesNothingBehind.PREFIX);
        Path otherName = Files.createSymbolicLink(directory.resolve("w"), door.getParent());
        Await await = new Await(LIMIT);
        try (Threads threads = new Threads();
                JavaProcess outsider = JavaProcess.start(Outsider.class)) {
            Future<String> running = threads.start(ours::hold);
            await.until("our call runs", () -> one.stub().held() == 1);
            assertEquals(1, notesHeld());
            outsider.say(otherName.resolve(door.getFileName()).toString());
            outsider.say(one.address());
            outsider.say(HexFormat.of().formatHex(one.secret().toBytes()));
            outsider.say(HexFormat.of().formatHex(two.secret().toBytes()));
            outsider.awaitLine("by one link: true", await);
            outsider.awaitLine("read by " + one.stub().pid(), await);
            outsider.awaitLine("not without its secret", await);
            outsider.awaitLine(
                    "known by " + two.stub().pid() + " by " + two.stub().pid(), await);
            outsider.awaitLine("shutdown", await);
            assertTrue(one.stub().log().contains("shutdown"), "broken from anywhere");
            await.until("its call runs", () -> one.stub().held() == 2);
            assertEquals(links.size() + 1, links(door).size());
            assertEquals(2, notesHeld(), "one for each");

            outsider.kill();
            await.until("its references are dropped", () -> notesHeld() == 1);
            assertFalse(running.isDone(), "our call runs on");
            assertEquals("hi by " + one.stub().pid(), one.stub().echo("hi"));
            one.stub().goOn();
            assertEquals("held", Threads.get(running, LIMIT));
            await.until("its link is gone", () -> links(door).equals(links));
        } finally {
            Files.delete(otherName);
            Files.delete(directory);
        }
    }

    private long notesHeld() {
        String contract = Clerk.Note.class.getName();
        return one.objects().stream()
                .filter(object -> object.contract().equals(contract))
                .count();
    }

    /** The directories of a worker, one for each client that attached to it. */
    private static Set<Path> links(Path door) {
        try (Stream<Path> beside = Files.list(door.getParent())) {
            return beside.filter(Files::isDirectory).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anActorEndsWithTheLastThatRefersToIt() throws Exception {
        Path file = file("end");
        Kept kept = forget(file.toString());
        collect();
        assertFalse(kept.call.isDone(), "a call that is under way keeps it");
        Files.createFile(file);
        long pid = kept.call.get(20, TimeUnit.SECONDS);
        if (transport.equals("queue")) {
            assertEquals("read by " + pid, kept.note.read());
            Proxies.close(kept.note);
            collect();
            assertEquals(COUNT, kept.readAll(), "a stream that has not ended keeps it");
            collect();
            new Await(END.plusSeconds(3)).until("the end of an actor of which all is collected", () -> !isAlive(pid));
        } else {
            assertEquals(COUNT, kept.readAll());
            collect();
            assertEquals("read by " + pid, kept.note.read(), "a result keeps it");
            Proxies.close(kept.note);
            new Await(END).until("the end of an actor of which all is closed", () -> !isAlive(pid));
        }
        assertThrows(ClosedException.class, kept.note::read);
    }

    /** In a frame of its own, so that nothing refers to the handle and its stub afterwards. */
    private Kept forget(String file) {
        Actor<Clerk> actor = clerk();
        return new Kept(actor.stub().note(), actor.stub().count(COUNT), actor.async(clerk -> clerk.runUntil(file)));
    }

    /** What is left of an actor. */
    private static final class Kept {
        private final Clerk.Note note;
        private Iterator<Integer> numbers;
        private final CompletableFuture<Long> call;

        Kept(Clerk.Note note, Iterator<Integer> numbers, CompletableFuture<Long> call) {
            this.note = note;
            this.numbers = numbers;
            this.call = call;
        }

        int readAll() {
            int read = 0;
            while (numbers.hasNext()) {
                assertEquals(read++, numbers.next());
            }
            numbers = null;
            return read;
        }
    }

    /** Until the collector has been here, and what it found was acted upon. */
    private static void collect() {
        AtomicBoolean collected = new AtomicBoolean();
        Endpoints.ofProcess().guard(new Object(), () -> collected.set(true));
        Await await = new Await(LIMIT);
        while (!collected.get()) {
            await.check("the collector takes nothing");
            System.gc();
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Test
    void whatCannotStartLeavesNothing() {
        Set<Long> before = children();
        assertThrows(
                RemoteCallException.class,
                () -> Actors.start(config(), Clerk.class, () -> {
                    throw new IllegalStateException("no clerk");
                }));
        assertThrows(RemoteCallException.class, () -> Actors.start(config(), Runnable.class, RefusesToEnter::new));
        assertThrows(
                ConfigurationException.class,
                () -> Actors.start(SmallWorkers.on(transport).workers(2).conclude(), Clerk.class, DeskClerk::new));
        assertEquals(before, children());
    }

    private static Set<Long> children() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    static final class RefusesToEnter implements Runnable, ActorHooks {
        @Override
        public void onEnter() {
            throw new IllegalStateException("not today");
        }

        @Override
        public void run() {}
    }

    /** In a spare of an executor, beside whose other objects it neither lives nor dies. */
    @Test
    void anExecutorStartsActorsInItsSparesAndOneThatDiesStaysDead() {
        int before = children().size();
        OutriderConfig restarting =
                SmallWorkers.on(transport).spares(1).pool(PoolConfig.DEFAULT).conclude();
        try (RemoteExecutor workers = Outrider.open(restarting)) {
            new Await(LIMIT).until("a spare", () -> children().size() == before + 2);
            Set<Long> ready = children();
            try (Actor<Clerk> actor = Actors.start(workers, Clerk.class, DeskClerk::new);
                    RemoteObject<Clerk> beside = workers.create(Clerk.class, DeskClerk::new)) {
                assertEquals(List.of("initialized", "enter"), actor.stub().log());
                assertTrue(ready.contains(actor.stub().pid()), "it was there before");
                assertEquals(2, workers.workers().size());
                assertNotEquals(actor.stub().pid(), beside.stub().pid(), "an actor has its process to itself");
                try (Actor<Clerk> borrowed = actor.borrow()) {
                    assertThrows(WorkerDiedException.class, () -> actor.stub().exit());
                    assertThrows(WorkerDiedException.class, () -> actor.stub().pid(), "its state is not made up again");
                    assertThrows(WorkerDiedException.class, borrowed::requestShutdown);
                }
                assertEquals(
                        List.of(true, false),
                        workers.workers().stream().map(WorkerInfo::alive).toList());
                assertTrue(beside.stub().pid() > 0, "what is beside it goes on");
            }
            assertEquals(1, workers.workers().size());
        }
    }

    @Test
    void aPoolSpreadsCallsAndReplacesTheDead() throws Exception {
        try (ActorPool<Clerk> pool = ActorPool.start(
                SmallWorkers.on(transport)
                        .workers(2)
                        .pool(PoolConfig.DEFAULT.restartBudget(1, Duration.ofMinutes(5)))
                        .conclude(),
                Clerk.class,
                DeskClerk::new)) {
            long first = pool.call(Clerk::pid);
            Clerk second = pool.next();
            long secondPid = second.pid();
            assertNotEquals(first, secondPid);
            assertEquals(first, pool.call(Clerk::pid));
            List<CompletableFuture<Long>> all = pool.broadcast(Clerk::runUntilShutdown);
            try (Actor<Clerk> handle = Actors.of(Clerk.class, second)) {
                handle.requestShutdown();
            }
            assertEquals(secondPid, all.get(1).get(20, TimeUnit.SECONDS));
            assertEquals(secondPid, pool.leastLoaded().pid(), "the other one is busy with what was asked of all");
            assertEquals(secondPid, pool.<Long>async(Clerk::pid).get(20, TimeUnit.SECONDS));
            assertThrows(OutriderException.class, () -> pool.leastLoaded().exit());
            Await await = new Await(LIMIT);
            await.until("a dead member is replaced", () -> pool.size() == 2);
            assertFalse(all.get(0).isDone(), "the other member has noticed nothing");
            assertThrows(OutriderException.class, () -> pool.leastLoaded().exit());
            assertEquals(pool.next(), pool.next(), "the budget is spent");
            assertEquals(1, pool.size());
        }
    }
}
