package io.outrider.config;

import io.outrider.api.serializer.SerializerProvider;
import io.outrider.error.ConfigurationException;
import java.io.ObjectInputFilter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How object graphs become bytes. Immutable.
 *
 * @param name {@code kryo}, {@code java}, or that of another {@link SerializerProvider}
 * @param filter what goes before the default filter of the serializer, in the syntax of {@code jdk.serialFilter}; or null
 */
public record SerializerConfig(String name, @Nullable String filter) {
    /** Outrider's own. */
    public static final SerializerConfig DEFAULT = new SerializerConfig(SerializerProvider.KRYO, null);

    /** Checks the filter. */
    public SerializerConfig {
        if (filter != null && name.equals(SerializerProvider.KRYO)) {
            throw new ConfigurationException(
                    "serialFilter is " + filter + ": the serializer kryo has none; its bounds are strictTypes");
        }
        try {
            if (filter != null && ObjectInputFilter.Config.createFilter(filter) == null) {
                throw new ConfigurationException("serialFilter is empty");
            }
        } catch (final IllegalArgumentException e) {
            throw new ConfigurationException("serialFilter is " + filter + ": " + e.getMessage(), e);
        }
    }

    // Both by hand: linking those that every record has takes each start some 20 ms, on either side.

    @Override
    public boolean equals(final @Nullable Object other) {
        return other instanceof SerializerConfig config
                && config.name.equals(name)
                && Objects.equals(config.filter, filter);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Objects.hashCode(filter);
    }
}
