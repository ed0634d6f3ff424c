package io.outrider.marshal.graph;

import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import io.outrider.error.SerializationException;
import io.outrider.marshal.graph.jdk.AcceptedTypes;
import io.outrider.marshal.graph.wire.Forbidden;
import io.outrider.marshal.graph.wire.Refusal;
import io.outrider.marshal.remote.RemoteReferences;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which types may be sent, by which serializer, and under which id. Immutable but for its caches, safe from any thread,
 * and shared by all codecs of a marshaller. Built-in types have the same ids in every JVM; in a strict table the types
 * that were registered follow in the order in which they were given, and no other class is accepted, or even loaded.
 */
public final class TypeTable implements AcceptedTypes {
    /** Changes with every change of the bytes that a value becomes. */
    private static final long FORMAT = 2;

    private static final int BY_NAME = -1;

    private final ClassLoader loader;
    private final RemoteReferences references;
    private final boolean strict;
    private final TypeRules rules = new TypeRules(this);
    private final List<Registration> byId = new ArrayList<>();
    private final Map<Class<?>, Registration> byType = new HashMap<>();
    private final Map<String, Class<?>> loaded = new ConcurrentHashMap<>();
    private final ClassValue<Registration> registrations = new ClassValue<>() {
        @Override
        protected Registration computeValue(final Class<?> type) {
            return register(type);
        }
    };

    private TypeTable(
            final ClassLoader loader,
            final boolean strict,
            final Collection<Class<?>> types,
            final RemoteReferences references) {
        this.loader = loader;
        this.references = references;
        this.strict = strict;
        for (final TypeGroup group : new BuiltInTypes(this).groups()) {
            group.types().forEach(type -> add(type, group));
        }
        // All names first, so that the rules for one type may ask whether another is registered.
        final int builtIn = byId.size();
        types.forEach(type -> add(type, TypeOnly.INSTANCE));
        for (int id = builtIn; id < byId.size(); id++) {
            final Class<?> type = byId.get(id).getType();
            byId.get(id).setSerializer(sendable(type) ? rules.serializerOf(type) : TypeOnly.INSTANCE);
        }
    }

    /**
     * Makes a table that accepts every class that can be loaded.
     *
     * @param loader of classes that are named in a message; the context class loader is asked next
     * @param references turns stubs into references
     * @return the table
     */
    public static TypeTable open(final ClassLoader loader, final RemoteReferences references) {
        return new TypeTable(loader, false, List.of(), references);
    }

    /**
     * Makes a table that accepts the built-in types and those given, and nothing else.
     *
     * @param loader of classes
     * @param types in the same order in every JVM
     * @param references turns stubs into references
     * @return the table
     */
    public static TypeTable strict(
            final ClassLoader loader, final Collection<Class<?>> types, final RemoteReferences references) {
        try {
            return new TypeTable(loader, true, types, references);
        } catch (final Refusal e) {
            throw new SerializationException(e.describe("types"), e.getCause());
        }
    }

    /**
     * What two JVMs compare to learn that they give the same types the same ids.
     *
     * @return the same number in every JVM for the same names in the same order
     */
    public long digest() {
        if (!strict) {
            return FORMAT;
        }
        try {
            final MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (int id = 0; id < byId.size(); id++) {
                final String line = id + "=" + byId.get(id).getType().getName() + "\n";
                sha.update(line.getBytes(StandardCharsets.UTF_8));
            }
            return ByteBuffer.wrap(sha.digest()).getLong() + FORMAT;
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public ClassLoader loader() {
        return loader;
    }

    /** Turns stubs into references. */
    public RemoteReferences references() {
        return references;
    }

    /**
     * How values of a class are carried.
     *
     * @param type of a value
     * @return its registration, under the class that stands for it in the message
     */
    Registration registration(final Class<?> type) {
        return registrations.get(type);
    }

    Class<?> typeOf(final int id) {
        if (id < 0 || id >= byId.size()) {
            throw new Refusal("there is no type with the id " + id + ": the message is damaged");
        }
        return byId.get(id).getType();
    }

    /**
     * How values are carried that a message names.
     *
     * @param type as the message names it
     * @return its registration
     */
    Registration named(final Class<?> type) {
        final Registration registration = registration(type);
        if (registration.getType() != type) {
            throw new Refusal("no message names " + type.getName() + " as the type of a value: this one is damaged");
        }
        return registration;
    }

    /** The built-in types, and those that were registered. */
    public Set<Class<?>> listed() {
        return Collections.unmodifiableSet(byType.keySet());
    }

    int idOf(final Class<?> type) {
        final Registration registration = byType.get(type);
        return registration == null ? BY_NAME : registration.getId();
    }

    @Override
    public void checkNamed(final String name) {
        if (strict) {
            throw new Refusal(
                    name + " is not among the types that were registered: only those may be sent or received here");
        }
    }

    @Override
    public boolean accepts(final Class<?> type) {
        return !strict || byType.containsKey(type);
    }

    @Override
    public Class<?> load(final String name) {
        final Class<?> known = loaded.get(name);
        if (known != null) {
            return known;
        }
        checkNamed(name);
        try {
            final Class<?> type = Class.forName(name, false, loader);
            loaded.put(name, type);
            return type;
        } catch (final ClassNotFoundException | LinkageError e) {
            return loadFromContext(name, e);
        }
    }

    private static Class<?> loadFromContext(final String name, final Throwable notFound) {
        final ClassLoader context = Thread.currentThread().getContextClassLoader();
        try {
            return Class.forName(name, false, context);
        } catch (final ClassNotFoundException | LinkageError e) {
            throw new Refusal(
                    "the class " + name + " can't be loaded here: put it on the class path of this JVM", notFound);
        }
    }

    private void add(final Class<?> type, final Serializer<?> serializer) {
        final Registration registration = new Registration(type, serializer, byId.size());
        byId.add(registration);
        if (byType.putIfAbsent(type, registration) != null) {
            throw new SerializationException(type.getName() + " is registered twice, or is built in");
        }
        loaded.put(type.getName(), type);
    }

    private Registration register(final Class<?> type) {
        final Registration exact = byType.get(type);
        if (exact != null) {
            return made(exact);
        }
        final Class<?> form = rules.formOf(type);
        if (form != type) {
            return registration(form);
        }
        if (!type.isArray()) {
            checkNamed(type.getName());
        }
        return new Registration(type, rules.serializerOf(type), BY_NAME);
    }

    /** With its own serializer; asked once per type. */
    private Registration made(final Registration registration) {
        synchronized (byType) {
            if (registration.getSerializer() instanceof TypeGroup group) {
                group.serializers()
                        .forEach((type, serializer) -> registrationOf(type).setSerializer(serializer));
            }
            return registration;
        }
    }

    private Registration registrationOf(final Class<?> type) {
        return Objects.requireNonNull(byType.get(type));
    }

    private static boolean sendable(final Class<?> type) {
        return !type.isInterface() && !type.isPrimitive() && !Forbidden.isForbidden(type);
    }
}
