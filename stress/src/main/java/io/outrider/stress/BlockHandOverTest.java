package io.outrider.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.outrider.ipc.arena.MappedArena;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.BufferArena;
import io.outrider.transport.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;

/**
 * A side that takes a loan back against the peer that opens it at the same moment: exactly one of them gets the block. The
 * arbiter then gives back what was opened, which must succeed once.
 *
 * <p>All states share one arena, each with a block of its own: thousands of arenas would be thousands of files.
 */
@JCStressTest
@Outcome(id = "0, -4, true", expect = ACCEPTABLE, desc = "taken back: the peer comes too late")
@Outcome(id = "-4, 0, true", expect = ACCEPTABLE, desc = "opened: the side that loaned comes too late")
@Outcome(id = "-1, -1, true", expect = ACCEPTABLE, desc = "no block was free for this state; nothing was tried")
@Outcome(expect = FORBIDDEN, desc = "both got the block, or neither did, or it can't go back")
@State
public class BlockHandOverTest {
    private static final int REGION = 4 * 1024 * 1024;
    private static final int LENGTH = 100;
    private static final Arenas ARENAS = Arenas.open();

    /** Both sides of one arena, whose file is already deleted: it goes with the process. */
    private record Arenas(MappedArena client, MappedArena worker) {
        static Arenas open() {
            try {
                final Path directory = Files.createTempDirectory("outrider-stress-");
                final Path file = directory.resolve("arena");
                MappedArena.create(file, REGION);
                final Arenas arenas = new Arenas(
                        new MappedArena(file, REGION, Side.CLIENT), new MappedArena(file, REGION, Side.WORKER));
                // All of its memory is taken while there is a file; then the file goes, as jcstress kills its
                // processes.
                final ArenaBlock all = new ArenaBlock();
                arenas.client.tryLoan(REGION, all);
                arenas.client.release(all);
                Files.delete(file);
                Files.delete(directory);
                return arenas;
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final ArenaBlock loaned = new ArenaBlock();
    private final ArenaBlock opened = new ArenaBlock();
    private final boolean hasBlock = ARENAS.client.tryLoan(LENGTH, loaned) == BufferArena.OK;
    private final long handle = loaned.handle();

    /**
     * The side that loaned changes its mind.
     *
     * @param result of the release
     */
    @Actor
    public void takesBack(final IIZ_Result result) {
        result.r1 = hasBlock ? ARENAS.client.release(loaned) : BufferArena.BACK_PRESSURED;
    }

    /**
     * The peer opens the block.
     *
     * @param result of the opening
     */
    @Actor
    public void opens(final IIZ_Result result) {
        result.r2 = hasBlock ? ARENAS.worker.open(handle, LENGTH, opened) : BufferArena.BACK_PRESSURED;
    }

    /**
     * Gives back what the peer opened.
     *
     * @param result whether that succeeds exactly if the peer had opened it
     */
    @Arbiter
    public void clearsUp(final IIZ_Result result) {
        final int expected = result.r2 == BufferArena.OK ? BufferArena.OK : BufferArena.STALE;
        result.r3 = ARENAS.worker.release(opened) == expected;
    }
}
