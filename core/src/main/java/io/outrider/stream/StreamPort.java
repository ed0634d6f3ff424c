package io.outrider.stream;

import io.outrider.api.LoanArena;
import io.outrider.error.OutriderException;
import io.outrider.loan.LinkArena;
import io.outrider.marshal.Marshaller;
import io.outrider.transport.ArenaBlock;
import io.outrider.transport.Claim;
import java.util.concurrent.Executor;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** What the ends of streams ask of the process on whose side of a link they are. Safe from any thread. */
public interface StreamPort {
    /**
     * Encodes and decodes the values.
     *
     * @return the link's
     */
    Marshaller marshaller();

    /**
     * The most that one value may take.
     *
     * @return bytes
     */
    int maxPayloadBytes();

    /**
     * Where values stand that a lane can't carry, and the loans that are among the values.
     *
     * @return the link's
     */
    LinkArena loans();

    /**
     * The arena that a generator finds as the current one, where that is not the one of its process.
     *
     * @return null if it is, or there is none
     */
    @Nullable
    LoanArena arenaOfGenerators();

    /**
     * Whether a frame is too long for the lane.
     *
     * @param length of header and body in bytes
     * @return true if its body must go through the arena
     */
    boolean needsArena(int length);

    /**
     * Whether a frame that the lane could carry is better sent through the arena.
     *
     * @param length of header and body in bytes
     * @return true if its body may go through the arena
     */
    boolean suitsArena(int length);

    /**
     * Sends a frame to the other end, if there is room.
     *
     * @param frame header and body, from 0; its header says whether the body is to go through the arena
     * @param header the length of the header in bytes
     * @param length of header and body in bytes
     * @param claim scratch of the calling thread
     * @param block scratch of the calling thread, holding nothing
     * @return {@link io.outrider.transport.Publication#OK}, {@code BACK_PRESSURED} or {@code CLOSED}
     * @throws OutriderException if the frame can never be sent
     */
    int trySend(UnsafeBuffer frame, int header, int length, Claim claim, ArenaBlock block);

    /**
     * Waits a little for room in the lane.
     *
     * @param fruitless how many times there was none, from 0
     * @return false if nobody reads the lane any more
     */
    boolean awaitRoom(int fruitless);

    /**
     * Waits until something has arrived for a reader, or it was closed.
     *
     * @param stream whose reader is the calling thread
     * @throws OutriderException if the wait was cut short; the stream is as it was
     */
    void await(InboundStream<?> stream);

    /**
     * From now on nobody waits for what arrives, and it must be looked for all the same: there is a subscriber.
     *
     * @param inbox of the stream
     */
    void watch(Inbox inbox);

    /**
     * Runs the signals of subscribers.
     *
     * @return as configured
     */
    Executor delivery();

    /**
     * Runs something soon, where user code may run.
     *
     * @param action must not block
     */
    void later(Runnable action);

    /**
     * A stream that is written here has something to do: has it run by {@link Pump#run}.
     *
     * @param stream not run by anybody now
     */
    void schedule(OutboundStream stream);

    /**
     * A stream that is written here has ended.
     *
     * @param stream to be forgotten
     */
    void ended(OutboundStream stream);

    /**
     * A stream that is read here was closed before its end: tells the other end.
     *
     * @param inbox of the stream, to be forgotten
     */
    void cancel(Inbox inbox);
}
