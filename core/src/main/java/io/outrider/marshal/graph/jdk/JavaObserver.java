package io.outrider.marshal.graph.jdk;

import io.outrider.marshal.graph.wire.Refusal;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sees what an object of the JDK gives to Java serialization, which may read fields that reflection may not. Nothing is
 * kept of the stream, and nothing below those parts is visited, so they need not be serializable themselves.
 */
public final class JavaObserver extends ObjectOutputStream {
    private final Object root;
    private final List<Object> parts = new ArrayList<>();

    private JavaObserver(final Object root) throws IOException {
        super(OutputStream.nullOutputStream());
        this.root = root;
        enableReplaceObject(true);
    }

    /**
     * What an object refers to, or what it is replaced by.
     *
     * @param root a Serializable object
     * @return the parts that are not null, in the order in which they are written
     */
    public static List<Object> partsOf(final Object root) {
        try (JavaObserver stream = new JavaObserver(root)) {
            stream.writeObject(root);
            return stream.parts;
        } catch (final IOException e) {
            throw new Refusal(
                    "a " + root.getClass().getName() + " does not let Java serialization see its parts: " + e, e);
        }
    }

    @Override
    protected @Nullable Object replaceObject(final Object object) {
        if (object == root) {
            return object;
        }
        parts.add(object);
        return null;
    }
}
