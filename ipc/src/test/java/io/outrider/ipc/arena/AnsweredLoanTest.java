package io.outrider.ipc.arena;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.api.Loan;
import io.outrider.error.ClosedException;
import io.outrider.error.ProtocolException;
import io.outrider.loan.BlockInbox;
import io.outrider.loan.BlockOutbox;
import io.outrider.loan.LinkArena;
import io.outrider.protocol.BlockListDescriptor;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.testkit.TestLink;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.BufferArena;
import io.outrider.transport.Side;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A loan that went with a call, and what a peer may say of it in the answer. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
final class AnsweredLoanTest {
    private static final long REGION = 64 * 1024;
    private static final int BYTES = 100;
    private static final long FIRST_HANDLE = 0x1_0000_0000L;
    private static final int LIST = BlockListDescriptor.bytes(1);

    private final Path directory = TestLink.newDirectory();
    private final MutableDirectBuffer body = new ExpandableArrayBuffer();
    private MappedArena client;
    private MappedArena worker;
    private LinkArena loans;
    private BlockOutbox question;
    private BlockInbox answer;
    private Loan loan;

    @BeforeEach
    void handOver() throws Exception {
        Files.createDirectory(directory);
        final Path file = directory.resolve("arena");
        MappedArena.create(file, REGION);
        client = new MappedArena(file, REGION, Side.CLIENT);
        worker = new MappedArena(file, REGION, Side.WORKER);
        loans = new LinkArena(
                client,
                "worker 0",
                new LinkArena.Patience(null, tries -> true, () -> {}, () -> new ClosedException("closed")));
        question = new BlockOutbox(loans);
        answer = BlockInbox.ofAnswers(loans, question);
        loan = loans.loan(BYTES);
        loan.buffer().putByte(BYTES - 1, (byte) 7);
        question.putLoan(loan);
        question.handOver();
        assertFalse(loan.isHeld());
        assertEquals(BufferArena.OK, worker.open(FIRST_HANDLE, BYTES, new ArenaBlock()));
        BlockListDescriptor.putBlocks(body, 0, 1, new long[] {FIRST_HANDLE}, new int[] {BYTES});
    }

    @AfterEach
    void close() {
        loan.close();
        loans.close();
        client.close();
        worker.close();
        TestLink.delete(directory);
    }

    @Test
    void comesBackAsTheObjectThatItWas() {
        assertEquals(0, answer.open(body, 0, LIST));
        assertSame(loan, answer.takeLoan(0));
        question.settle();
        assertTrue(loan.isHeld());
        assertEquals(7, loan.buffer().getByte(BYTES - 1));
        assertEquals(1, loans.usage().here());
    }

    @Test
    void isNotHeldIfThePeerHasGivenItBackAndNamesItAllTheSame() {
        assertEquals(BufferArena.OK, worker.release(FIRST_HANDLE));
        answer.open(body, 0, LIST);
        final ProtocolException stale = assertThrows(ProtocolException.class, () -> answer.takeLoan(0));
        assertTrue(stale.getMessage().contains("not on loan"), stale::getMessage);
        question.settle();
        assertFalse(loan.isHeld());
        assertThrows(ClosedException.class, loan::buffer);
        assertEquals(0, loans.usage().here());
    }

    @Test
    void listsThatAreNoneAreRefused() {
        assertThrows(ProtocolException.class, () -> answer.open(body, 0, Integer.BYTES - 1));
        for (final int count : new int[] {0, -1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            body.putInt(LIST - Integer.BYTES, count);
            assertThrows(ProtocolException.class, () -> answer.open(body, 0, LIST), () -> count + " blocks");
        }
    }
}
