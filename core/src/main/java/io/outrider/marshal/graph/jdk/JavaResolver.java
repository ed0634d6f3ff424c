package io.outrider.marshal.graph.jdk;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a {@link SerializedLambda} into its lambda where the maker can't be called: Java serialization may call it in any
 * class. The captured values stay out of the stream, which holds their numbers instead. Stateless.
 */
public final class JavaResolver {
    private JavaResolver() {}

    public static Object resolve(final SerializedLambda lambda) throws ReflectiveOperationException {
        final List<Object> captured = new ArrayList<>();
        for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
            captured.add(lambda.getCapturedArg(i));
        }
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new Out(bytes, captured)) {
            out.writeObject(lambda);
        } catch (final IOException e) {
            throw new ReflectiveOperationException(e);
        }
        try (ObjectInputStream in = new In(new ByteArrayInputStream(bytes.toByteArray()), captured)) {
            return in.readObject();
        } catch (final IOException e) {
            throw new ReflectiveOperationException(e);
        }
    }

    private record Captured(int index) implements Serializable {}

    private static final class Out extends ObjectOutputStream {
        private final List<Object> captured;

        Out(final OutputStream stream, final List<Object> captured) throws IOException {
            super(stream);
            this.captured = captured;
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(final Object object) {
            for (int i = 0; i < captured.size(); i++) {
                if (captured.get(i) == object) {
                    return new Captured(i);
                }
            }
            return object;
        }
    }

    private static final class In extends ObjectInputStream {
        private final List<Object> captured;

        In(final InputStream stream, final List<Object> captured) throws IOException {
            super(stream);
            this.captured = captured;
            enableResolveObject(true);
        }

        @Override
        protected Object resolveObject(final Object object) {
            return object instanceof Captured stand ? captured.get(stand.index()) : object;
        }
    }
}
