package io.outrider.marshal.graph.jdk;

import io.outrider.marshal.graph.wire.Forbidden;
import io.outrider.marshal.graph.wire.Refusal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Java serialization of single objects under the rules of a {@link AcceptedTypes}: the same classes are accepted, and no more
 * memory or depth is granted than the bytes can justify. Immutable, safe from any thread.
 */
public final class JavaStreams {
    private static final int MAX_DEPTH = 300;
    /** Hash tables are made with room to spare: so many slots for each byte of the stream are no bomb. */
    private static final int SLOTS_PER_BYTE = 4;

    private final AcceptedTypes types;
    private final Predicate<String> alsoAccepted;

    public JavaStreams(final AcceptedTypes types) {
        this(types, name -> false);
    }

    /**
     * @param types the rules
     * @param alsoAccepted says which classes of the JDK are accepted whatever the rules say, by name
     */
    public JavaStreams(final AcceptedTypes types, final Predicate<String> alsoAccepted) {
        this.types = types;
        this.alsoAccepted = alsoAccepted;
    }

    public byte[] write(final Object object) {
        return write(object, UnaryOperator.identity());
    }

    /**
     * Writes an object, and others in place of what it holds.
     *
     * @param object to be written
     * @param replacement is asked for each object below it
     * @return the stream
     */
    public byte[] write(final Object object, final UnaryOperator<Object> replacement) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new Writer(bytes, object, replacement)) {
            stream.writeObject(object);
        } catch (final NotSerializableException e) {
            throw new Refusal(
                    e.getMessage() + " is not java.io.Serializable, but is held by a "
                            + object.getClass().getName() + ", which only Java serialization can carry",
                    e);
        } catch (final IOException e) {
            throw new Refusal("Java serialization of a " + object.getClass().getName() + " failed: " + e, e);
        }
        return bytes.toByteArray();
    }

    public Object read(final byte[] bytes, final Class<?> root) {
        return read(bytes, root, UnaryOperator.identity());
    }

    /**
     * Reads an object.
     *
     * @param bytes the stream
     * @param root what it must be
     * @param replacement is asked for each object in it
     * @return the object
     */
    public Object read(final byte[] bytes, final Class<?> root, final UnaryOperator<Object> replacement) {
        final Object object;
        try (ObjectInputStream stream = new Reader(bytes, root, replacement)) {
            object = stream.readObject();
        } catch (final IOException | ClassNotFoundException e) {
            throw new Refusal("a " + root.getName() + " can't be read by Java serialization: " + e, e);
        }
        if (!root.isInstance(object)) {
            throw new Refusal(
                    "the message holds something else where it names a " + root.getName() + ": it is damaged");
        }
        return object;
    }

    private void check(final Class<?> type, final Class<?> root) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.componentType();
        }
        // Ancestors of the root are part of what was accepted with it.
        if (!element.isPrimitive()
                && !element.isAssignableFrom(root)
                && !types.accepts(element)
                && !alsoAccepted.test(element.getName())) {
            types.checkNamed(element.getName());
        }
    }

    private final class Writer extends ObjectOutputStream {
        private final Object root;
        private final UnaryOperator<Object> replacement;

        Writer(final ByteArrayOutputStream bytes, final Object root, final UnaryOperator<Object> replacement)
                throws IOException {
            super(bytes);
            this.root = root;
            this.replacement = replacement;
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(final Object object) {
            return object == root ? object : replacement.apply(object);
        }

        @Override
        protected void annotateClass(final Class<?> type) {
            check(type, root.getClass());
        }

        @Override
        protected void annotateProxyClass(final Class<?> type) {
            throw Forbidden.refusal(type);
        }
    }

    private final class Reader extends ObjectInputStream {
        private final Class<?> root;
        private final UnaryOperator<Object> replacement;

        Reader(final byte[] bytes, final Class<?> root, final UnaryOperator<Object> replacement) throws IOException {
            super(new ByteArrayInputStream(bytes));
            this.root = root;
            this.replacement = replacement;
            final long slots = (long) bytes.length * SLOTS_PER_BYTE;
            setObjectInputFilter(info -> info.arrayLength() > slots || info.depth() > MAX_DEPTH
                    ? ObjectInputFilter.Status.REJECTED
                    : ObjectInputFilter.Status.ALLOWED);
            enableResolveObject(true);
        }

        @Override
        protected Class<?> resolveClass(final ObjectStreamClass description) throws ClassNotFoundException {
            final String name = description.getName();
            final int dimensions = name.lastIndexOf('[') + 1;
            if (dimensions == 0) {
                return named(name);
            }
            final String element = name.substring(dimensions);
            Class<?> type = element.startsWith("L")
                    ? named(element.substring(1, element.length() - 1))
                    : Class.forName("[" + element).componentType();
            for (int i = 0; i < dimensions; i++) {
                type = type.arrayType();
            }
            return type;
        }

        private Class<?> named(final String name) throws ClassNotFoundException {
            if (alsoAccepted.test(name)) {
                return Class.forName(name, false, null);
            }
            for (Class<?> each = root; each != null; each = each.getSuperclass()) {
                if (each.getName().equals(name)) {
                    return each;
                }
            }
            return types.load(name);
        }

        @Override
        protected Class<?> resolveProxyClass(final String[] interfaces) {
            throw new Refusal("a proxy of " + String.join(", ", interfaces) + " can't be received");
        }

        @Override
        protected Object resolveObject(final Object object) {
            return replacement.apply(object);
        }
    }
}
