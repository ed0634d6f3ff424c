package io.outrider.marshal.graph.value;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.wire.Refusal;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** Records: their components through the accessors, and back through the canonical constructor, which checks them. */
public final class RecordSerializer extends StepSerializer<Object> {
    private final RecordComponent[] components;
    private final Method[] accessors;
    private final Constructor<?> constructor;

    public RecordSerializer(final Class<?> type) {
        components = type.getRecordComponents();
        accessors = Arrays.stream(components).map(RecordComponent::getAccessor).toArray(Method[]::new);
        try {
            constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (final NoSuchMethodException e) {
            throw new Refusal(type.getName() + " has no canonical constructor", e);
        }
        boolean accessible = constructor.trySetAccessible();
        for (final Method accessor : accessors) {
            accessible &= accessor.trySetAccessible();
        }
        if (!accessible) {
            throw new Refusal(
                    type.getName() + " can't be sent: its module does not open the package " + type.getPackageName());
        }
    }

    @Override
    protected void writeParts(final Kryo kryo, final Output output, final Object record) {
        for (int i = 0; i < accessors.length; i++) {
            try {
                final Object value = accessors[i].invoke(record);
                if (components[i].getType().isPrimitive()) {
                    Scalars.writePrimitive(output, value);
                } else {
                    kryo.writeClassAndObject(output, value);
                }
            } catch (final Refusal e) {
                throw e.at("." + components[i].getName());
            } catch (final InvocationTargetException e) {
                throw new Refusal(accessors[i] + " threw " + e.getCause(), e.getCause());
            } catch (final IllegalAccessException e) {
                throw new Refusal(accessors[i] + " can't be called", e);
            }
        }
    }

    @Override
    protected Object readParts(final Kryo kryo, final Input input, final Class<? extends Object> type) {
        final Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            final Class<?> declared = components[i].getType();
            try {
                values[i] = declared.isPrimitive()
                        ? Scalars.readPrimitive(input, declared)
                        : kryo.readClassAndObject(input);
            } catch (final Refusal e) {
                throw e.at("." + components[i].getName());
            }
        }
        try {
            return constructor.newInstance(values);
        } catch (final InvocationTargetException e) {
            throw new Refusal("the constructor of " + type.getName() + " threw " + e.getCause(), e.getCause());
        } catch (final ReflectiveOperationException | IllegalArgumentException e) {
            throw new Refusal("no " + type.getName() + " can be made of what the message holds: " + e.getMessage(), e);
        }
    }
}
