package io.outrider.marshal.graph;

import com.esotericsoftware.kryo.ClassResolver;
import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.IdentityObjectIntMap;
import io.outrider.marshal.graph.wire.GraphInput;
import io.outrider.marshal.graph.wire.Refusal;
import io.outrider.marshal.graph.wire.TypeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How classes stand in a graph: by id where the {@link TypeTable} has one, else by name, once per message. For one thread
 * at a time.
 *
 * <pre>
 *   0                       null
 *   1 | k                   the k-th name of this message; where k is new, the name follows as a string
 *   2 | class               an array of that class
 *   3 + id                  the type with that id
 * </pre>
 */
@SuppressWarnings("rawtypes") // Kryo declares its classes raw.
public final class TypeResolver implements ClassResolver, TypeNames {
    private static final int NULL = 0;
    private static final int NAME = 1;
    private static final int ARRAY = 2;
    private static final int FIRST_ID = 3;
    private static final int MAX_DIMENSIONS = 255;
    private static final int KEPT_ENTRIES = 256;

    private final TypeTable types;
    private final int maxDepth;
    private final IdentityObjectIntMap<Class<?>> written = new IdentityObjectIntMap<>();
    private final List<Class<?>> read = new ArrayList<>();
    private @Nullable Kryo kryo;
    private boolean open;

    TypeResolver(final TypeTable types, final int maxDepth) {
        this.types = types;
        this.maxDepth = maxDepth;
    }

    /** Lets types be asked for: Kryo's constructor registers defaults, which must not reach the shared table. */
    void open() {
        open = true;
    }

    @Override
    public void setKryo(final Kryo kryo) {
        this.kryo = kryo;
    }

    @Override
    public @Nullable Registration getRegistration(final Class type) {
        return open ? types.registration(type) : null;
    }

    @Override
    public @Nullable Registration getRegistration(final int classId) {
        return open ? types.registration(types.typeOf(classId)) : null;
    }

    @Override
    public Registration register(final Registration registration) {
        return registration;
    }

    @Override
    public Registration registerImplicit(final Class type) {
        return types.registration(type);
    }

    @Override
    public @Nullable Registration unregister(final int classId) {
        return null;
    }

    @Override
    public @Nullable Registration writeClass(final Output output, final @Nullable Class type) {
        checkDepth();
        if (type == null) {
            output.writeByte(NULL);
            return null;
        }
        final Registration registration = types.registration(type);
        writeType(output, registration.getType());
        return registration;
    }

    @Override
    public @Nullable Registration readClass(final Input input) {
        checkDepth();
        final Class<?> type = readType(input);
        return type == null ? null : types.named(type);
    }

    @Override
    public void writeType(final Output output, final Class<?> type) {
        final int id = types.idOf(type);
        if (id >= 0) {
            output.writeVarInt(FIRST_ID + id, true);
        } else if (type.isArray()) {
            output.writeByte(ARRAY);
            writeType(output, type.getComponentType());
        } else {
            output.writeByte(NAME);
            final int known = written.get(type, -1);
            if (known >= 0) {
                output.writeVarInt(known, true);
            } else {
                types.checkNamed(type.getName());
                output.writeVarInt(written.size, true);
                written.put(type, written.size);
                output.writeString(type.getName());
            }
        }
    }

    @Override
    public @Nullable Class<?> readType(final Input input) {
        int dimensions = 0;
        int code = input.readVarInt(true);
        while (code == ARRAY) {
            if (++dimensions > MAX_DIMENSIONS) {
                throw new Refusal("an array of more than " + MAX_DIMENSIONS + " dimensions: the message is damaged");
            }
            code = input.readVarInt(true);
        }
        final Class<?> element;
        if (code == NULL) {
            element = null;
        } else if (code == NAME) {
            element = readName(input);
        } else {
            element = types.typeOf(code - FIRST_ID);
        }
        if (dimensions == 0) {
            return element;
        }
        if (element == null || element == void.class) {
            throw new Refusal("an array of nothing: the message is damaged");
        }
        Class<?> type = element;
        for (int i = 0; i < dimensions; i++) {
            type = type.arrayType();
        }
        return type;
    }

    private Class<?> readName(final Input input) {
        final int index = input.readVarInt(true);
        if (index < 0 || index > read.size()) {
            throw new Refusal("a class is referred to that the message does not name: it is damaged");
        }
        if (index == read.size()) {
            read.add(types.load(((GraphInput) input).readText()));
        }
        return read.get(index);
    }

    private void checkDepth() {
        if (Objects.requireNonNull(kryo).getDepth() > maxDepth) {
            throw new Refusal("objects are nested more than " + maxDepth
                    + " deep: send a flat collection of them instead of a chain");
        }
    }

    @Override
    public void reset() {
        written.clear(KEPT_ENTRIES);
        read.clear();
    }
}
