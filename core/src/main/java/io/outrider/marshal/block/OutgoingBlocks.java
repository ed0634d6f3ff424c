package io.outrider.marshal.block;

import io.outrider.api.Loan;
import io.outrider.error.SerializationException;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The blocks that a message takes along: loans that the user put into it, and the contents of large arrays. A value names its
 * block by the index that it got here. For the thread that writes the message; does not block.
 */
public interface OutgoingBlocks {
    /** For messages that can take none. */
    OutgoingBlocks NONE = new OutgoingBlocks() {
        @Override
        public int putLoan(final Loan loan) {
            throw new SerializationException(loan + " can't be sent here: loans are passed as arguments and results of"
                    + " calls to the worker of their arena");
        }

        @Override
        public @Nullable MutableDirectBuffer tryPutBlock(final long bytes) {
            return null;
        }

        @Override
        public int count() {
            return 0;
        }

        @Override
        public String addressee() {
            return "";
        }
    };

    /**
     * Hands a loan over with the message.
     *
     * @param loan that this process holds, of the arena of the receiver
     * @return its index
     * @throws io.outrider.error.OutriderException if it can't be handed over, naming it and saying why
     */
    int putLoan(Loan loan);

    /**
     * Takes a block along for the contents of a large value, if there is one to be had at once.
     *
     * @param bytes that are needed
     * @return the block, to be filled before the next call, with the index {@link #count} minus one; or null if there is none
     */
    @Nullable
    MutableDirectBuffer tryPutBlock(long bytes);

    /**
     * How many blocks the message takes along.
     *
     * @return from 0
     */
    int count();

    /**
     * Who receives the message, for what must end with its receiver.
     *
     * @return where a worker listens, a name that only this process knows, with {@code #} before it, or nothing if that is not known
     */
    String addressee();
}
