package io.outrider.launcher.loans;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.Loan;
import io.outrider.api.LoanArena;
import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.error.OutriderException;
import io.outrider.error.WorkerDiedException;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.testkit.Await;
import io.outrider.testkit.LeavesNothingBehind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a worker, or of its executor, while loans are out. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class LoanDeathTest {
    private static final int ARENA = 1 << 20;

    private static RemoteExecutor open(String transport) {
        return SmallWorkers.open(
                SmallWorkers.on(transport).arenaBytes(ARENA).laneBytes(1 << 16).maxPayloadBytes(1 << 19));
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
            Await await = new Await(Duration.ofSeconds(1)); // as the loans must come back within
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

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void whatIsHeldAtCloseIsReportedAndStaysReadable(String transport) {
        Loan held;
        LoanArena arena;
        try (RemoteExecutor workers = open(transport)) {
            RemoteObject<Bench> object = workers.create(Bench.class, Bench.Working::new);
            arena = object.arena();
            held = arena.loan(100);
            held.buffer().putInt(0, 3);
            object.stub().keep(arena.loan(100));
        }
        assertEquals(1, arena.usage().here());
        assertEquals(100, arena.usage().hereBytes());
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
