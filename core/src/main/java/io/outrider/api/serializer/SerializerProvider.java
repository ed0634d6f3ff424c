package io.outrider.api.serializer;

import io.outrider.error.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;

/**
 * A way of turning object graphs into bytes, found by name through {@link ServiceLoader} in each process of a link: both name
 * the same, or the link is not made. Stateless, safe from any thread; needs a public constructor without arguments.
 */
public interface SerializerProvider {
    /** The name of Outrider's own serializer, which is the default and has no provider. */
    String KRYO = "kryo";

    /**
     * The name by which settings choose this serializer. What changes the bytes should change the name.
     *
     * @return a short lower-case word
     */
    String name();

    /**
     * Makes a serializer, for one thread at a time; each process makes some and uses them again.
     *
     * @param context what it may ask
     * @return the serializer
     */
    Serializer newSerializer(SerializerContext context);

    /**
     * The provider of a name.
     *
     * @param name as configured, not {@link #KRYO}
     * @param loader finds providers; Outrider's own is asked, too
     * @return the provider
     * @throws ConfigurationException if there is none, naming those there are, or more than one, naming those
     */
    static SerializerProvider named(final String name, final ClassLoader loader) {
        final Map<String, SerializerProvider> byName = new LinkedHashMap<>();
        try {
            add(ServiceLoader.load(SerializerProvider.class, loader), byName);
            add(ServiceLoader.load(SerializerProvider.class, SerializerProvider.class.getClassLoader()), byName);
        } catch (final ServiceConfigurationError e) {
            throw new ConfigurationException("a provider of serializers can't be loaded: " + e.getMessage(), e);
        }
        final SerializerProvider found = byName.get(name);
        if (found == null) {
            final TreeSet<String> names = new TreeSet<>(byName.keySet());
            names.add(KRYO);
            throw new ConfigurationException("the serializer " + name
                    + " is not on the class path of this process, which has " + String.join(", ", names));
        }
        return found;
    }

    private static void add(
            final Iterable<SerializerProvider> providers, final Map<String, SerializerProvider> byName) {
        for (final SerializerProvider each : providers) {
            final String type = each.getClass().getName();
            final SerializerProvider other = byName.putIfAbsent(each.name(), each);
            if (each.name().equals(KRYO) || (other != null && !other.getClass().equals(each.getClass()))) {
                throw new ConfigurationException("two serializers have the name " + each.name() + ": " + type + " and "
                        + (other == null ? "Outrider's own" : other.getClass().getName()));
            }
        }
    }
}
