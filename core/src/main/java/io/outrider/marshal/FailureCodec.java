package io.outrider.marshal;

import io.outrider.error.OutriderException;
import io.outrider.error.PayloadTooLargeException;
import io.outrider.error.RemoteFailure;
import io.outrider.error.SerializationException;
import io.outrider.marshal.block.IncomingBlocks;
import io.outrider.marshal.block.OutgoingBlocks;
import io.outrider.marshal.graph.GraphCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A throwable as data, followed by the object itself or null. Stateless. The data is cut where a throwable goes on and on:
 * in depth, in number, in frames and in text; a throwable that fails to answer is taken as one that has no answer.
 *
 * <pre>
 *   failure    = throwable object
 *   throwable  = type:string message:string frames:int frame* hasCause:boolean [throwable] suppressed:int throwable*
 *   object     = the bytes of a graph of its own, or null
 * </pre>
 */
final class FailureCodec {
    static final int MAX_DEPTH = 32;
    static final int MAX_THROWABLES = 128;
    static final int MAX_FRAMES = 1024;
    static final int MAX_TEXT = 1 << 16;

    private static final int SHORT_TEXT = 128;
    private static final int SMALLEST_FRAME = 7 * Integer.BYTES;

    private FailureCodec() {}

    static void write(final Throwable failure, final ValueWriter writer, final Marshaller marshaller) {
        final int start = writer.length();
        try {
            new Data(writer).write(failure, 0);
        } catch (final PayloadTooLargeException e) {
            writer.rewind(start);
            writeLeast(failure, writer);
        }
        writeOriginal(failure, writer, marshaller);
    }

    static Marshaller.Failure read(final ValueReader reader, final Marshaller marshaller) {
        final RemoteFailure data = readData(reader, 0);
        final byte[] bytes = reader.getBytes();
        return new Marshaller.Failure(data, bytes == null ? null : readOriginal(bytes, marshaller));
    }

    private static void writeOriginal(final Throwable failure, final ValueWriter writer, final Marshaller marshaller) {
        final int start = writer.length();
        try {
            final GraphCodec codec = marshaller.borrow();
            final int length = codec.encode(failure, writer.bytesLeft(), OutgoingBlocks.NONE);
            writer.putBytes(codec.encoded(), length);
            marshaller.giveBack(codec);
        } catch (final OutriderException e) {
            // Not worth a second failure: the data says what was thrown, and the reader makes do with it.
            writer.rewind(start);
            writer.putBytes(null);
        }
    }

    private static @Nullable Throwable readOriginal(final byte[] bytes, final Marshaller marshaller) {
        try {
            final GraphCodec codec = marshaller.borrow();
            final Object original = codec.decode(new UnsafeBuffer(bytes), 0, bytes.length, IncomingBlocks.NONE);
            marshaller.giveBack(codec);
            return original instanceof Throwable throwable ? throwable : null;
        } catch (final SerializationException e) {
            // Its class is missing or refused here: the data stands in for it.
            return null;
        }
    }

    private static void writeLeast(final Throwable failure, final ValueWriter writer) {
        writer.putString(cut(failure.getClass().getName(), SHORT_TEXT));
        writer.putString(cut(messageOf(failure), SHORT_TEXT));
        writer.putInt(0);
        writer.putBoolean(false);
        writer.putInt(0);
    }

    private static @Nullable String messageOf(final Throwable throwable) {
        try {
            return throwable.getMessage();
        } catch (final Throwable e) {
            return "(getMessage() threw " + e.getClass().getName() + ")";
        }
    }

    private static <T> @Nullable T answerOf(final Supplier<@Nullable T> question) {
        try {
            return question.get();
        } catch (final Throwable e) {
            return null;
        }
    }

    private static @Nullable String cut(final @Nullable String text, final int length) {
        return text == null || text.length() <= length ? text : text.substring(0, length) + "...";
    }

    private static RemoteFailure readData(final ValueReader reader, final int depth) {
        if (depth > MAX_DEPTH) {
            throw new SerializationException("a failure is nested too deep: the message is damaged");
        }
        final String type = reader.getString();
        final String message = reader.getString();
        final int count = readCount(reader, SMALLEST_FRAME);
        final List<StackTraceElement> frames = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            frames.add(readFrame(reader));
        }
        final RemoteFailure cause = reader.getBoolean() ? readData(reader, depth + 1) : null;
        final List<RemoteFailure> suppressed = new ArrayList<>();
        for (int i = readCount(reader, Integer.BYTES); i > 0; i--) {
            suppressed.add(readData(reader, depth + 1));
        }
        return new RemoteFailure(type == null ? "unknown" : type, message, frames, cause, suppressed);
    }

    private static int readCount(final ValueReader reader, final int bytesEach) {
        final int count = reader.getInt();
        if (count < 0 || (long) count * bytesEach > reader.remaining()) {
            throw new SerializationException("a failure declares " + count + " parts: the message is damaged");
        }
        return count;
    }

    private static StackTraceElement readFrame(final ValueReader reader) {
        final String loader = reader.getString();
        final String module = reader.getString();
        final String version = reader.getString();
        final String type = reader.getString();
        final String method = reader.getString();
        final String file = reader.getString();
        final int line = reader.getInt();
        if (type == null || method == null) {
            throw new SerializationException("a stack frame has no name: the message is damaged");
        }
        return new StackTraceElement(loader, module, version, type, method, file, line);
    }

    /** Writes a tree of throwables, and remembers which it has met, because causes may run in a circle. */
    private static final class Data {
        private final ValueWriter writer;
        private final Set<Throwable> met = Collections.newSetFromMap(new IdentityHashMap<>());

        Data(final ValueWriter writer) {
            this.writer = writer;
        }

        void write(final Throwable throwable, final int depth) {
            met.add(throwable);
            writer.putString(throwable.getClass().getName());
            writer.putString(cut(messageOf(throwable), MAX_TEXT));
            writeFrames(answerOf(throwable::getStackTrace));
            final Throwable cause = answerOf(throwable::getCause);
            if (cause != null && isNext(cause, depth)) {
                writer.putBoolean(true);
                write(cause, depth + 1);
            } else {
                writer.putBoolean(false);
            }
            final List<Throwable> suppressed = new ArrayList<>();
            for (final Throwable each : throwable.getSuppressed()) {
                if (isNext(each, depth)) {
                    met.add(each);
                    suppressed.add(each);
                }
            }
            writer.putInt(suppressed.size());
            for (final Throwable each : suppressed) {
                write(each, depth + 1);
            }
        }

        private boolean isNext(final Throwable throwable, final int depth) {
            return depth < MAX_DEPTH && met.size() < MAX_THROWABLES && !met.contains(throwable);
        }

        private void writeFrames(final StackTraceElement @Nullable [] frames) {
            if (frames == null) {
                writer.putInt(0);
                return;
            }
            final int count = Math.min(frames.length, MAX_FRAMES);
            writer.putInt(count);
            for (int i = 0; i < count; i++) {
                final StackTraceElement frame = frames[i];
                writer.putString(frame.getClassLoaderName());
                writer.putString(frame.getModuleName());
                writer.putString(frame.getModuleVersion());
                writer.putString(frame.getClassName());
                writer.putString(frame.getMethodName());
                writer.putString(frame.getFileName());
                writer.putInt(frame.getLineNumber());
            }
        }
    }
}
