package io.outrider.marshal.graph;

import com.esotericsoftware.kryo.Serializer;
import io.outrider.api.Loan;
import io.outrider.marshal.graph.container.CheckedSerializer;
import io.outrider.marshal.graph.container.CollectionSerializer;
import io.outrider.marshal.graph.container.EnumContainers;
import io.outrider.marshal.graph.container.Immutables;
import io.outrider.marshal.graph.container.MapSerializer;
import io.outrider.marshal.graph.container.SubclassShape;
import io.outrider.marshal.graph.container.Wrappers;
import io.outrider.marshal.graph.value.ArraySerializer;
import io.outrider.marshal.graph.value.Buffers;
import io.outrider.marshal.graph.value.EnumSerializer;
import io.outrider.marshal.graph.value.FieldsSerializer;
import io.outrider.marshal.graph.value.JavaSerializer;
import io.outrider.marshal.graph.value.LambdaSerializer;
import io.outrider.marshal.graph.value.ObjectFields;
import io.outrider.marshal.graph.value.RecordSerializer;
import io.outrider.marshal.graph.value.ThrowableSerializer;
import io.outrider.marshal.graph.wire.Forbidden;
import io.outrider.marshal.graph.wire.Refusal;
import io.outrider.marshal.remote.Referable;
import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides how values of a class are carried that the table does not name. Two questions: under which type they stand in a
 * message, and by which serializer. In both, the first rule that fits is the one. Stateless, safe from any thread.
 */
public final class TypeRules {
    private static final String IMMUTABLE = "java.util.ImmutableCollections$";

    private final TypeTable types;

    TypeRules(final TypeTable types) {
        this.types = types;
    }

    /**
     * The type under which values of a class stand in a message: another one where a class is private to the JDK, so that
     * its name is no one's business, or a view of something else, so that a copy arrives.
     *
     * @param type of a value
     * @return the type that stands for it, often the same
     */
    Class<?> formOf(final Class<?> type) {
        if (LambdaSerializer.isLambda(type)) {
            return LambdaSerializer.formOf(type);
        }
        if (type.isArray()) {
            return type;
        }
        if (Loan.class.isAssignableFrom(type)) {
            return Loan.class;
        }
        if (Referable.class.isAssignableFrom(type)) {
            return Referable.class;
        }
        if (Enum.class.isAssignableFrom(type)
                && !type.isEnum()
                && type.getSuperclass().isEnum()) {
            return type.getSuperclass();
        }
        if (!isPlatform(type)) {
            return type;
        }
        final Class<?> value = valueForm(type);
        return value != null ? value : containerForm(type);
    }

    private static @Nullable Class<?> valueForm(final Class<?> type) {
        if (Path.class.isAssignableFrom(type)) {
            return Path.class;
        } else if (ByteBuffer.class.isAssignableFrom(type)) {
            return Buffers.Form.class;
        } else if (Charset.class.isAssignableFrom(type)) {
            return Charset.class;
        } else if (ZoneId.class.isAssignableFrom(type)) {
            return ZoneId.class;
        } else if (EnumSet.class.isAssignableFrom(type)) {
            return EnumContainers.SetForm.class;
        } else if (Wrappers.isWrapper(type)) {
            return Wrappers.Form.class;
        } else if (CheckedSerializer.isChecked(type.getName())) {
            return CheckedSerializer.Form.class;
        } else if (type.getName().equals("java.util.KeyValueHolder")) {
            return Immutables.EntryForm.class;
        }
        return null;
    }

    private static Class<?> containerForm(final Class<?> type) {
        final boolean immutable = type.getName().startsWith(IMMUTABLE);
        if (Modifier.isPublic(type.getModifiers()) || type.isEnum()) {
            return type;
        } else if (SortedMap.class.isAssignableFrom(type)) {
            return TreeMap.class;
        } else if (Map.class.isAssignableFrom(type)) {
            return immutable ? Immutables.MapForm.class : LinkedHashMap.class;
        } else if (SortedSet.class.isAssignableFrom(type)) {
            return TreeSet.class;
        } else if (Set.class.isAssignableFrom(type)) {
            return immutable ? Immutables.SetForm.class : LinkedHashSet.class;
        } else if (List.class.isAssignableFrom(type)) {
            return immutable ? Immutables.ListForm.class : ArrayList.class;
        } else if (Queue.class.isAssignableFrom(type)) {
            return LinkedList.class;
        } else if (Collection.class.isAssignableFrom(type)) {
            return ArrayList.class;
        } else if (Map.Entry.class.isAssignableFrom(type)) {
            return AbstractMap.SimpleEntry.class;
        }
        return type;
    }

    /**
     * The serializer for a class that stands for itself.
     *
     * @param type of the values
     * @return a serializer that any thread may use
     */
    Serializer<?> serializerOf(final Class<?> type) {
        if (Forbidden.isForbidden(type)) {
            throw Forbidden.refusal(type);
        } else if (type.isArray()) {
            return arrayOf(type);
        } else if (type.isEnum()) {
            return new EnumSerializer(type);
        } else if (type.isRecord()) {
            return new RecordSerializer(type);
        } else if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            return TypeOnly.INSTANCE;
        }
        final Class<?> ancestor = platformAncestor(type);
        if (Throwable.class.isAssignableFrom(type)) {
            return isCustom(type) || hasFields(ancestor, Throwable.class)
                    ? new JavaSerializer(types)
                    : new ThrowableSerializer(type, ancestor);
        } else if (ancestor == type || isCustom(type)) {
            return javaSerializer(type, type);
        } else if (isExtendable(ancestor)) {
            return Map.class.isAssignableFrom(type)
                    ? new MapSerializer(new SubclassShape<>(type, ancestor))
                    : new CollectionSerializer(new SubclassShape<>(type, ancestor));
        } else if (hasFields(ancestor, Object.class)) {
            return javaSerializer(type, ancestor);
        }
        return new FieldsSerializer(type, ancestor);
    }

    private Serializer<?> arrayOf(final Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.componentType();
        }
        if (!element.isPrimitive() && !types.accepts(element)) {
            types.checkNamed(element.getName());
        }
        return ArraySerializer.INSTANCE;
    }

    private Serializer<?> javaSerializer(final Class<?> type, final Class<?> reason) {
        if (!Serializable.class.isAssignableFrom(type)) {
            throw new Refusal(type.getName() + " can't be sent: "
                    + (type == reason
                            ? "it is a class of the JDK that is neither a value nor java.io.Serializable"
                            : "it extends " + reason.getName() + ", whose fields only Java serialization can carry; "
                                    + "let it implement java.io.Serializable"));
        }
        return new JavaSerializer(types);
    }

    /** Whether a user's subclass of this class can be made empty and then filled. */
    private boolean isExtendable(final Class<?> ancestor) {
        return (Collection.class.isAssignableFrom(ancestor) || Map.class.isAssignableFrom(ancestor))
                && !Modifier.isAbstract(ancestor.getModifiers())
                && types.idOf(ancestor) >= 0
                && SubclassShape.canExtend(ancestor);
    }

    /** Whether a class says itself how it is serialized: reading its fields past it would break what it promises. */
    private static boolean isCustom(final Class<?> type) {
        if (!Serializable.class.isAssignableFrom(type)) {
            return false;
        }
        if (Externalizable.class.isAssignableFrom(type)) {
            return true;
        }
        for (Class<?> each = type; !isPlatform(each); each = each.getSuperclass()) {
            if (declares(each, "writeReplace")
                    || declares(each, "readResolve")
                    || declares(each, "writeObject", ObjectOutputStream.class)
                    || declares(each, "readObject", ObjectInputStream.class)) {
                return true;
            }
        }
        return false;
    }

    private static boolean declares(final Class<?> type, final String method, final Class<?>... parameters) {
        for (final Method each : type.getDeclaredMethods()) {
            if (each.getName().equals(method) && Arrays.equals(each.getParameterTypes(), parameters)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasFields(final Class<?> type, final Class<?> upTo) {
        for (Class<?> each = type; each != upTo; each = each.getSuperclass()) {
            if (!ObjectFields.sentFields(each).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static Class<?> platformAncestor(final Class<?> type) {
        Class<?> each = type;
        while (!isPlatform(each)) {
            each = each.getSuperclass();
        }
        return each;
    }

    private static boolean isPlatform(final Class<?> type) {
        final ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }
}
