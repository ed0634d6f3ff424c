package io.outrider.api.serializer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Turns object graphs into bytes and back. Used by one thread at a time; must not block for long, since a call waits for it.
 * Primitives, strings and arrays of primitives that a contract declares never come here, nor do records that it declares: only
 * what they hold.
 *
 * <p>Whatever is thrown fails the one call, with a {@link io.outrider.error.SerializationException} that names it; the instance is
 * then dropped, and the link goes on.
 */
public interface Serializer {
    /**
     * Writes a graph.
     *
     * @param root never null; if it is a stub or a loan, what stands in for it
     * @param out takes it, and refuses more bytes than a message may have; need not be closed
     * @throws IOException if it can't be written
     */
    void write(Object root, OutputStream out) throws IOException;

    /**
     * Reads what {@link #write} wrote on the other side.
     *
     * @param in ends where the graph does; all of it must be read, which a stream that decompresses has done only when it says
     *     so itself, by -1; need not be closed
     * @return the root
     * @throws IOException if it can't be read
     * @throws ClassNotFoundException if a class that it names is missing
     */
    @Nullable
    Object read(InputStream in) throws IOException, ClassNotFoundException;

    /**
     * The message has ended. The graphs that are written, or read, between two of these belong to one message, in order: a
     * serializer may have a later one refer to objects of an earlier one, so that what two arguments share arrives shared.
     */
    default void reset() {}
}
