package io.outrider.marshal.serial;

import io.outrider.api.serializer.SerializerProvider;
import io.outrider.config.SerializerConfig;
import io.outrider.marshal.graph.GraphCodec;
import io.outrider.marshal.graph.TypeTable;
import io.outrider.marshal.graph.wire.Forbidden;
import io.outrider.marshal.remote.RemoteReference;
import java.io.ObjectInputFilter;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The codecs of one serializer, and the rules that they share. Immutable, safe from any thread. */
public final class StreamCodecs implements Supplier<GraphCodec> {
    private static final ClassValue<Boolean> BOUND = new ClassValue<>() {
        @Override
        protected Boolean computeValue(final Class<?> type) {
            return Forbidden.isForbidden(type);
        }
    };

    private final SerializerProvider provider;
    private final TypeTable types;
    private final ObjectInputFilter filter;
    /** Beside what the table accepts: JDK serialization names the ancestors of a class, too, and forms of its own. */
    private final Set<String> alsoAccepted = new HashSet<>(JdkForms.NAMES);

    /**
     * Finds the provider.
     *
     * @param config which
     * @param types what may cross
     * @throws io.outrider.error.ConfigurationException if there is none, naming those there are
     */
    public StreamCodecs(final SerializerConfig config, final TypeTable types) {
        this.provider = SerializerProvider.named(config.name(), types.loader());
        this.types = types;
        this.filter = SerialFilter.of(config.filter());
        alsoAccepted.add(RemoteReference.class.getName());
        alsoAccepted.add(LoanIndex.class.getName());
        for (final Class<?> type : types.listed()) {
            for (@Nullable Class<?> each = type.getSuperclass(); each != null; each = each.getSuperclass()) {
                alsoAccepted.add(each.getName());
            }
        }
    }

    @Override
    public GraphCodec get() {
        return new StreamCodec(provider, this);
    }

    TypeTable types() {
        return types;
    }

    ObjectInputFilter filter() {
        return filter;
    }

    static boolean isBound(final Class<?> type) {
        return BOUND.get(type);
    }

    /** The locks of the JDK, which JDK serialization sends with the queues and maps that hold one; alone they are refused. */
    static boolean isLock(final Class<?> type) {
        return BOUND.get(type) && type.getName().startsWith("java.util.concurrent.");
    }

    boolean accepts(final Class<?> type) {
        return type.isPrimitive()
                || (type.isArray()
                        ? accepts(type.componentType())
                        : types.accepts(type) || alsoAccepted.contains(type.getName()));
    }

    Class<?> load(final String name) throws ClassNotFoundException {
        return alsoAccepted.contains(name) ? Class.forName(name, false, types.loader()) : types.load(name);
    }
}
