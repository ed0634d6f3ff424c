package io.outrider.marshal.graph.wire;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.ReferenceResolver;
import com.esotericsoftware.kryo.util.IdentityObjectIntMap;
import io.outrider.marshal.graph.value.Scalars;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which objects of a message were met already. For one thread at a time. Values that are made in one step, such as
 * records, can't take part in a cycle; they are marked while they are written, so that the sender learns of it.
 */
@SuppressWarnings("rawtypes") // Kryo declares its classes raw.
public final class References implements ReferenceResolver {
    private static final int KEPT_ENTRIES = 2048;

    private final IdentityObjectIntMap<Object> written = new IdentityObjectIntMap<>();
    private final BitSet unfinished = new BitSet();
    private List<@Nullable Object> read = new ArrayList<>();

    /**
     * Marks the object that was met last as not referable until {@link #finish}.
     *
     * @param object that is about to be written
     * @return to be given to {@code finish}
     */
    public int begin(final Object object) {
        final int id = written.get(object, -1);
        if (id >= 0) {
            unfinished.set(id);
        }
        return id;
    }

    public void finish(final int id) {
        if (id >= 0) {
            unfinished.clear(id);
        }
    }

    @Override
    public void setKryo(final Kryo kryo) {
        // Nothing here depends on the instance.
    }

    @Override
    public int getWrittenId(final Object object) {
        final int id = written.get(object, -1);
        if (id >= 0 && unfinished.get(id)) {
            throw new Refusal("a cycle runs through an immutable "
                    + object.getClass().getName() + ", which can't be rebuilt: let a mutable object close it");
        }
        return id;
    }

    @Override
    public int addWrittenObject(final Object object) {
        final int id = written.size;
        written.put(object, id);
        return id;
    }

    @Override
    public int nextReadId(final Class type) {
        final int id = read.size();
        read.add(null);
        return id;
    }

    @Override
    public void setReadObject(final int id, final Object object) {
        read.set(id, object);
    }

    @Override
    public Object getReadObject(final Class type, final int id) {
        final Object object = id >= 0 && id < read.size() ? read.get(id) : null;
        if (object == null) {
            throw new Refusal("a reference leads to no object: the message is damaged");
        }
        return object;
    }

    @Override
    public void reset() {
        if (read.size() > KEPT_ENTRIES) {
            read = new ArrayList<>();
        } else {
            read.clear();
        }
        written.clear(KEPT_ENTRIES);
        unfinished.clear();
    }

    @Override
    public boolean useReferences(final Class type) {
        return !Scalars.isPlain(type);
    }
}
