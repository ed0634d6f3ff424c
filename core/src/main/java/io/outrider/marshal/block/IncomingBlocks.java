package io.outrider.marshal.block;

import io.outrider.api.Loan;
import io.outrider.error.SerializationException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The blocks that came with a message; a value names its block by its index. For the thread that reads the message; does not
 * block. What is not taken goes back when the message has been dealt with.
 */
public interface IncomingBlocks {
    /** For messages that come with none. */
    IncomingBlocks NONE = new IncomingBlocks() {
        @Override
        public Loan takeLoan(final int index) {
            throw missing(index);
        }

        @Override
        public DirectBuffer block(final int index, final long bytes) {
            throw missing(index);
        }

        @Override
        public void done(final int index) {}

        @Override
        public DirectBuffer view(final DirectBuffer source, final int offset, final int length) {
            final byte[] copy = new byte[length];
            source.getBytes(offset, copy);
            return new UnsafeBuffer(copy);
        }

        @Override
        public DirectBuffer viewOfBlock(final int index, final int bytes) {
            throw missing(index);
        }

        private SerializationException missing(final int index) {
            return new SerializationException("a value names block " + index + " of a message that has none");
        }
    };

    /**
     * Takes a loan that was handed over.
     *
     * @param index of its block
     * @return the loan, this process's from now on
     */
    Loan takeLoan(int index);

    /**
     * The contents of a large value.
     *
     * @param index of its block
     * @param bytes that it must have
     * @return the block, valid until {@link #done}
     */
    DirectBuffer block(int index, long bytes);

    /**
     * A block has been read and may go back.
     *
     * @param index of the block
     */
    void done(int index);

    /**
     * A buffer that the user is given of a part of the message.
     *
     * @param source holds the message
     * @param offset of the part
     * @param length of the part in bytes
     * @return the part in place, valid for the time of the call; or a copy where nobody could say when that ends
     */
    DirectBuffer view(DirectBuffer source, int offset, int length);

    /**
     * A buffer that the user is given of a block.
     *
     * @param index of the block
     * @param bytes that it must have
     * @return as {@link #view} does
     */
    DirectBuffer viewOfBlock(int index, int bytes);
}
