package io.outrider.launcher.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.ArenaUsage;
import io.outrider.api.Loan;
import io.outrider.api.LoanArena;
import io.outrider.api.ObjectOptions;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.config.PoolConfig;
import io.outrider.engine.ObjectHandle;
import io.outrider.error.OutriderException;
import io.outrider.error.WorkerDiedException;
import io.outrider.launcher.support.CapturedLog;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.Await;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.testkit.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a worker, or of its executor, while loans are out. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class LoanDeathTest {
    private static final int ARENA = 1 << 20;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    /** Within which the loans of a dead process must come back. */
    private static final Duration BOUND = Duration.ofSeconds(1);

    private static OutriderBuilder settings(String transport) {
        return SmallWorkers.on(transport).arenaBytes(ARENA).laneBytes(1 << 16).maxPayloadBytes(1 << 19);
    }

    private static RemoteExecutor open(String transport) {
        return SmallWorkers.open(settings(transport));
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void whatADeadWorkerHeldComesBackAndWhatIsHeldHereStays(String transport) {
        try (RemoteExecutor workers = open(transport)) {
            RemoteObject<Bench> object = workers.create(Bench.class, Bench.Working::new);
            LoanArena arena = object.arena();
            for (int i = 0; i < 8; i++) {
                object.stub().keep(arena.loan(ARENA / 16));
            }
            Loan mine = arena.loan(50_000);
            mine.buffer().putInt(40_000, 11);
            Loan received = object.stub().make(60_000, 5);
            assertEquals(8, arena.usage().there());
            long pid = workers.workers().get(0).pid();
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
            Await await = new Await(BOUND);
            while (arena.usage().there() > 0 || !arenaFiles().isEmpty()) {
                await.check("the dead worker's loans come back; files " + arenaFiles());
                Await.giveWay();
            }
            assertEquals(11, mine.buffer().getInt(40_000));
            assertEquals(5, received.byteBuffer().get(59_999));
            assertThrows(WorkerDiedException.class, () -> object.stub().sum(mine));
            assertTrue(mine.isHeld());
            assertThrows(WorkerDiedException.class, () -> arena.loan(100));
            assertThrows(WorkerDiedException.class, () -> workers.arena(0));
            mine.close();
            assertFalse(mine.isHeld());
            received.close();
        }
    }

    @Test // the arena is the same on both transports
    void theSuccessorOfADeadWorkerHasAllThatThatHeld() {
        OutriderBuilder settings = settings("queue").pool(PoolConfig.DEFAULT).spares(1);
        try (RemoteExecutor workers = SmallWorkers.open(settings)) {
            RemoteObject<Bench> object = workers.create(Bench.class, Bench.Working::new);
            object.stub().keep(object.arena().loan(ARENA));
            assertEquals(ARENA, object.arena().usage().thereBytes());
            new Await(LIMIT).until("the spare is ready", LoanDeathTest::noSpareIsStarting);
            Await await = new Await(BOUND);
            long pid = workers.workers().get(0).pid();
            Signals.kill(pid);
            Loan all = null;
            while (all == null) {
                await.check("the whole arena can be loaned again");
                try {
                    all = workers.arena(0).loan(ARENA);
                } catch (WorkerDiedException notYetReplaced) {
                    Await.giveWay();
                }
            }
            assertNotEquals(pid, workers.workers().get(0).pid());
            try (RemoteObject<Bench> next = workers.create(Bench.class, Bench.Working::new)) {
                all.buffer().setMemory(0, ARENA, (byte) 1);
                assertEquals(ARENA, next.stub().sum(all));
            }
        }
    }

    private static boolean noSpareIsStarting() {
        return Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("outrider-spare-"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void whatADeadClientHeldComesBackAndWhatOthersHoldStays(String transport) throws Exception {
        try (RemoteExecutor workers = SmallWorkers.open(settings(transport).workers(2))) {
            RemoteObject<Bench> object = workers.create(Bench.class, Bench.Working::new, ObjectOptions.DEFAULT.on(0));
            Bench bench = object.stub();
            String address = ((ObjectHandle<Bench>) object).ref().address();
            Path linkOfClient = Path.of(address).resolveSibling("c1");
            long id = object.objectId();
            assertEquals(3, Threads.get(workers.submit(1, () -> Borrower.borrow(address, id, 3, ARENA / 8)), LIMIT));
            ArenaUsage held = bench.usageOfRemembered();
            assertEquals(3, held.there(), held::toString);
            assertEquals(3, held.borrowed(), held::toString);
            assertTrue(Files.exists(linkOfClient));
            Loan mine = bench.make(60_000, 5);
            bench.keep(object.arena().loan(50_000));
            bench.poke(40_000, 11);

            Await await = new Await(BOUND);
            Signals.kill(workers.workers().get(1).pid());
            await.until("the memory of the dead client's link is gone", () -> !Files.exists(linkOfClient));
            await.until(
                    "nothing of its arena is out",
                    () -> bench.usageOfRemembered().there() == 0);
            assertTrue(bench.loanOfRemembered().contains("client 1 has ended"), bench.loanOfRemembered());

            assertEquals(5, mine.buffer().getByte(59_999));
            assertEquals(11, bench.peek(40_000));
            assertEquals(1, object.arena().usage().there());
            assertEquals(1, bench.usage().there());
            mine.close();
            assertEquals(4, bench.closeAll());
            assertEquals(0, bench.usageOfRemembered().borrowed());
            try (Loan all = object.arena().loan(ARENA)) {
                assertEquals(ARENA, all.length());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void whatIsHeldAtCloseIsReportedAndStaysReadable(String transport) {
        Loan held;
        LoanArena arena;
        try (CapturedLog log = new CapturedLog();
                RemoteExecutor workers = open(transport)) {
            RemoteObject<Bench> object = workers.create(Bench.class, Bench.Working::new);
            arena = object.arena();
            held = arena.loan(101);
            held.buffer().putInt(0, 3);
            object.stub().keep(arena.loan(102));
            workers.close();
            assertTrue(log.has(
                    "WARN", "of 101 bytes, made in thread main is still held at the end of the arena of worker 0"));
            assertTrue(log.has("at ", "LoanDeathTest.whatIsHeld"), "where it was made");
            new Await(LIMIT)
                    .until(
                            "the worker reports its own",
                            () -> log.has(
                                    "of 102 bytes, received", "is still held at the end of the arena of the launcher"));
        }
        assertEquals(1, arena.usage().here());
        assertEquals(101, arena.usage().hereBytes());
        assertEquals(3, held.buffer().getInt(0));
        held.close();
        held.close();
        assertEquals(0, arena.usage().here());
        assertThrows(OutriderException.class, () -> arena.loan(1));
    }

    private static Stream<Path> sessions() throws IOException {
        return Files.walk(Path.of("/dev/shm"));
    }

    /** The files of arenas that this process has. */
    private static List<Path> arenaFiles() {
        String session = "/" + ProcessHandle.current().pid() + "-";
        try (Stream<Path> all = sessions()) {
            return all.filter(path -> path.toString().contains(session) && path.endsWith("arena"))
                    .toList();
        } catch (IOException | UncheckedIOException changing) { // somebody else's directory goes while it is walked
            return List.of(Path.of("unknown"));
        }
    }
}
