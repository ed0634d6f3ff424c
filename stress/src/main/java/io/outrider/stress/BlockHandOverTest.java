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
 * Both sides give back their share of a block at the same moment: both succeed, and then there is nothing left to give back.
 * Otherwise a block would be lost, or loaned to two.
 *
 * <p>All states share one arena, each with a block of its own: thousands of arenas would be thousands of files.
 */
@JCStressTest
@Outcome(id = "0, 0, true", expect = ACCEPTABLE, desc = "both gave back, and the block is nobody's")
@Outcome(id = "-1, -1, true", expect = ACCEPTABLE, desc = "no block was free for this state; nothing was tried")
@Outcome(expect = FORBIDDEN, desc = "a share was lost, or given back twice")
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
    private final boolean hasBlock = ARENAS.client.tryLoan(LENGTH, loaned) == BufferArena.OK
            && ARENAS.client.share(loaned.handle(), 1) == BufferArena.OK;
    private final long handle = loaned.handle();

    /**
     * The side that loaned gives its share back.
     *
     * @param result of the release
     */
    @Actor
    public void loanerGivesBack(final IIZ_Result result) {
        result.r1 = hasBlock ? ARENAS.client.release(handle) : BufferArena.BACK_PRESSURED;
    }

    /**
     * The peer gives its share back.
     *
     * @param result of the release
     */
    @Actor
    public void peerGivesBack(final IIZ_Result result) {
        result.r2 = hasBlock ? ARENAS.worker.release(handle) : BufferArena.BACK_PRESSURED;
    }

    /**
     * Tries to give back once more.
     *
     * @param result whether that is refused, by both sides
     */
    @Arbiter
    public void nothingIsLeft(final IIZ_Result result) {
        final boolean refusedHere = ARENAS.client.release(handle) == BufferArena.STALE;
        final boolean refusedThere = ARENAS.worker.release(handle) == BufferArena.STALE;
        result.r3 = !hasBlock || (refusedHere && refusedThere);
    }
}
