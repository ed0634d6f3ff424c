package io.outrider.marshal.serial;

import io.outrider.api.serializer.Serializer;
import io.outrider.api.serializer.SerializerContext;
import io.outrider.api.serializer.SerializerProvider;

/** The serializer {@code java}: JDK serialization behind a filter. */
public final class JdkProvider implements SerializerProvider {
    private static final String NAME = "java";

    /** For {@link java.util.ServiceLoader}. */
    public JdkProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Serializer newSerializer(final SerializerContext context) {
        return new JdkSerializer(context);
    }
}
