package io.outrider.marshal.serial;

import io.outrider.api.serializer.Serializer;
import io.outrider.api.serializer.SerializerContext;
import io.outrider.error.SerializationException;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JDK serialization. All graphs of a message are one stream, so that what they share arrives shared; nothing is read but what
 * the filter lets through, and no array that the bytes can't justify.
 */
final class JdkSerializer implements Serializer {
    /** Hash tables are made with room to spare: so many slots for each byte of the stream are no bomb. */
    private static final int SLOTS_PER_BYTE = 4;

    private static final int FREE_SLOTS = 1024;
    private static final Set<String> PRIMITIVES =
            Set.of("boolean", "byte", "char", "short", "int", "long", "float", "double", "void");

    private final SerializerContext context;
    private final Sink sink = new Sink();
    private final Source source = new Source();
    private @Nullable Writer writer;
    private @Nullable Reader reader;
    private long bytes; // of the message, as far as they are known
    private @Nullable String refused; // what the filter said last

    JdkSerializer(final SerializerContext context) {
        this.context = context;
    }

    @Override
    public void write(final Object root, final OutputStream out) throws IOException {
        sink.lead(out);
        if (writer == null) {
            writer = new Writer();
        }
        writer.writeObject(root);
        writer.flush();
    }

    @Override
    public @Nullable Object read(final InputStream in) throws IOException, ClassNotFoundException {
        source.lead(in);
        bytes += in.available();
        try {
            if (reader == null) {
                reader = new Reader();
            }
            return reader.readObject();
        } catch (final InvalidClassException e) {
            if (refused == null) {
                throw e;
            }
            throw new SerializationException("the filter of the serializer java refuses " + refused, e);
        }
    }

    @Override
    public void reset() {
        writer = null;
        reader = null;
        bytes = 0;
    }

    private ObjectInputFilter.Status check(final ObjectInputFilter.FilterInfo info) {
        final boolean bomb = info.arrayLength() > FREE_SLOTS + bytes * SLOTS_PER_BYTE;
        final ObjectInputFilter.Status status =
                bomb ? ObjectInputFilter.Status.REJECTED : context.filter().checkInput(info);
        if (status == ObjectInputFilter.Status.REJECTED) {
            final Class<?> type = info.serialClass();
            refused = (type == null ? "what follows" : type.getTypeName())
                    + (info.arrayLength() < 0 ? "" : " of length " + info.arrayLength())
                    + ", at depth " + info.depth() + ", reference " + info.references() + ", byte "
                    + info.streamBytes() + " of " + bytes;
        }
        return status;
    }

    /** Where the stream of a message goes: each graph of it elsewhere. */
    private static final class Sink extends FilterOutputStream {
        Sink() {
            super(nullOutputStream());
        }

        void lead(final OutputStream to) {
            out = to;
        }

        @Override
        public void write(final byte[] source, final int offset, final int length) throws IOException {
            out.write(source, offset, length);
        }
    }

    /** Where the stream of a message comes from. */
    private static final class Source extends FilterInputStream {
        Source() {
            super(nullInputStream());
        }

        void lead(final InputStream from) {
            in = from;
        }
    }

    private final class Writer extends ObjectOutputStream {
        Writer() throws IOException {
            super(sink);
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(final Object object) {
            final Object written = context.standIn(object);
            annotateClass(object instanceof Enum<?> constant ? constant.getDeclaringClass() : written.getClass());
            if (!(written instanceof Serializable)) {
                throw new SerializationException(written.getClass().getName()
                        + " can't be sent by the serializer java: it is not java.io.Serializable");
            }
            return written;
        }

        @Override
        protected void annotateClass(final Class<?> type) {
            // An IOException is written where the stream is given up: what came before it is to be thrown then.
            if (!context.accepts(type) && !IOException.class.isAssignableFrom(type)) {
                throw new SerializationException(type.getName() + " is not among the types that were registered:"
                        + " only those may be sent or received here");
            }
        }

        @Override
        protected void annotateProxyClass(final Class<?> type) {
            throw new SerializationException("a dynamic proxy can't be sent: it is bound to its JVM");
        }
    }

    private final class Reader extends ObjectInputStream {
        Reader() throws IOException {
            super(source);
            setObjectInputFilter(JdkSerializer.this::check);
            enableResolveObject(true);
        }

        @Override
        protected Class<?> resolveClass(final ObjectStreamClass description)
                throws IOException, ClassNotFoundException {
            final String name = description.getName();
            final int dimensions = name.lastIndexOf('[') + 1;
            if (dimensions > 0 && name.charAt(dimensions) == 'L') {
                Class<?> type = context.load(name.substring(dimensions + 1, name.length() - 1));
                for (int i = 0; i < dimensions; i++) {
                    type = type.arrayType();
                }
                return type;
            }
            final boolean primitive = dimensions > 0 || PRIMITIVES.contains(name);
            return primitive ? super.resolveClass(description) : context.load(name);
        }

        @Override
        protected Class<?> resolveProxyClass(final String[] interfaces) {
            throw new SerializationException("a proxy of " + String.join(", ", interfaces) + " can't be received");
        }

        @Override
        protected Object resolveObject(final Object object) {
            return context.original(object);
        }
    }
}
