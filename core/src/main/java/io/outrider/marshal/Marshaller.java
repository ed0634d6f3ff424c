package io.outrider.marshal;

import io.outrider.api.serializer.SerializerProvider;
import io.outrider.config.SerializerConfig;
import io.outrider.error.RemoteFailure;
import io.outrider.error.SerializationException;
import io.outrider.marshal.graph.GraphCodec;
import io.outrider.marshal.graph.KryoCodec;
import io.outrider.marshal.graph.TypeTable;
import io.outrider.marshal.record.RecordCodec;
import io.outrider.marshal.remote.RemoteReferences;
import io.outrider.marshal.serial.StreamCodecs;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which values become bytes in one JVM: which classes may be sent, from which class loader they come, and a
 * pool of the codecs that carry object graphs. Safe from any thread, shared by all writers and readers; never blocks.
 *
 * <p>Both ends of a link need the same rules, and compare {@link #typeDigest()} to know.
 */
public final class Marshaller {
    private final TypeTable types;
    private final SerializerConfig serializer;
    private final CodecPool pool;
    private final Map<Class<?>, RecordCodec> records = new ConcurrentHashMap<>();

    private Marshaller(final TypeTable types, final SerializerConfig serializer) {
        this.types = types;
        this.serializer = serializer;
        this.pool = new CodecPool(
                serializer.name().equals(SerializerProvider.KRYO)
                        ? () -> new KryoCodec(types)
                        : new StreamCodecs(serializer, types));
    }

    /**
     * Accepts values of every class that can be sent and loaded. For peers that may run code of each other's choosing
     * anyway, as a worker may for its owner.
     *
     * @param loader finds classes that are not built in; the context class loader of the reading thread is asked next
     * @return the rules
     */
    public static Marshaller open(final ClassLoader loader) {
        return open(loader, RemoteReferences.NONE);
    }

    /**
     * Like {@link #open(ClassLoader)}, and lets references cross.
     *
     * @param loader finds classes that are not built in
     * @param references turns stubs into references
     * @return the rules
     */
    public static Marshaller open(final ClassLoader loader, final RemoteReferences references) {
        return new Marshaller(TypeTable.open(loader, references), SerializerConfig.DEFAULT);
    }

    /**
     * Accepts values of the given classes and the built-in ones only. A message that names another class is refused
     * before that class is loaded.
     *
     * @param loader finds classes that are not built in
     * @param types the classes to accept, in the same order in every JVM
     * @return the rules
     */
    public static Marshaller strict(final ClassLoader loader, final Collection<Class<?>> types) {
        return strict(loader, types, RemoteReferences.NONE);
    }

    /**
     * Like {@link #strict(ClassLoader, Collection)}, and lets references cross; their contracts must be among the types.
     *
     * @param loader finds classes that are not built in
     * @param types the classes to accept, in the same order in every JVM
     * @param references turns stubs into references
     * @return the rules
     */
    public static Marshaller strict(
            final ClassLoader loader, final Collection<Class<?>> types, final RemoteReferences references) {
        return new Marshaller(TypeTable.strict(loader, types, references), SerializerConfig.DEFAULT);
    }

    /**
     * The same rules about types, with object graphs by another serializer than Outrider's own.
     *
     * @param other which
     * @return the rules
     * @throws io.outrider.error.ConfigurationException if there is no such serializer here, naming those there are
     */
    public Marshaller with(final SerializerConfig other) {
        return serializer.equals(other) ? this : new Marshaller(types, other);
    }

    /** Which serializer carries object graphs. */
    public SerializerConfig serializer() {
        return serializer;
    }

    /** Makes the first codec, and with it loads most of the classes there are, so that the first object need not wait for that. */
    public void prepare() {
        giveBack(borrow());
    }

    /**
     * Tells sets of rules apart.
     *
     * @return equal in two JVMs where both are open, or both accept the same types in the same order
     */
    public long typeDigest() {
        return types.digest();
    }

    /**
     * Writes what was thrown, as data and, where it can be had, as the object. Does not fail because of the throwable: what
     * it won't tell is left out, and so is what would not fit.
     *
     * @param failure what was thrown
     * @param writer takes it
     */
    public void writeFailure(final Throwable failure, final ValueWriter writer) {
        FailureCodec.write(failure, writer, this);
    }

    /**
     * Reads what {@link #writeFailure} wrote.
     *
     * @param reader holds it
     * @return the data, and the object where its class is to be had here
     */
    public Failure readFailure(final ValueReader reader) {
        return FailureCodec.read(reader, this);
    }

    /**
     * What was thrown in another JVM.
     *
     * @param data all of it that is known as data
     * @param original the object, or null where it could not be sent or can't be rebuilt here
     */
    public record Failure(RemoteFailure data, @Nullable Throwable original) {}

    /** The codec of a record class that a contract declares, if these rules accept the class. */
    RecordCodec recordCodec(final Class<?> type) {
        final RecordCodec known = records.get(type);
        return known == null ? acceptRecord(type) : known;
    }

    private RecordCodec acceptRecord(final Class<?> type) {
        if (!types.accepts(type)) {
            throw new SerializationException(
                    type.getName() + " is not among the types that may cross: add it to strictTypes on both sides");
        }
        final RecordCodec codec = RecordCodec.of(type);
        records.put(type, codec);
        return codec;
    }

    GraphCodec borrow() {
        return pool.borrow();
    }

    void giveBack(final GraphCodec codec) {
        pool.giveBack(codec);
    }
}
