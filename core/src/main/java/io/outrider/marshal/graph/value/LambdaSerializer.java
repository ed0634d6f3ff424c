package io.outrider.marshal.graph.value;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.outrider.marshal.graph.jdk.JavaObserver;
import io.outrider.marshal.graph.jdk.JavaResolver;
import io.outrider.marshal.graph.wire.Elements;
import io.outrider.marshal.graph.wire.GraphInput;
import io.outrider.marshal.graph.wire.Refusal;
import io.outrider.marshal.graph.wire.TypeNames;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Serializable lambdas and method references: the {@link SerializedLambda} that the compiler provides for, with the
 * captured values as ordinary parts of the graph, so that those need not be Serializable. Both JVMs must have the same
 * build of the capturing class, which is where the lambda is made again.
 */
public final class LambdaSerializer extends StepSerializer<Object> {
    /** Stands for all lambdas in a message. */
    public interface Form {}

    private static final String MAKER = "$deserializeLambda$";

    public static boolean isLambda(final Class<?> type) {
        return type.isHidden() && type.isSynthetic() && type.getName().contains("$$Lambda");
    }

    public static Class<?> formOf(final Class<?> type) {
        if (!Serializable.class.isAssignableFrom(type)) {
            throw new Refusal(
                    "the lambda " + type.getName() + " is not serializable: declare its type as an interface that "
                            + "extends java.io.Serializable, or cast it as in (Runnable & Serializable) () -> ..., or make it a named class");
        }
        return Form.class;
    }

    @Override
    protected void writeParts(final Kryo kryo, final Output output, final Object lambda) {
        final SerializedLambda parts = partsOf(lambda);
        final Class<?> capturing = capturingClass(parts, lambda);
        ((TypeNames) kryo.getClassResolver()).writeType(output, capturing);
        output.writeString(parts.getFunctionalInterfaceClass());
        output.writeString(parts.getFunctionalInterfaceMethodName());
        output.writeString(parts.getFunctionalInterfaceMethodSignature());
        output.writeByte(parts.getImplMethodKind());
        output.writeString(parts.getImplClass());
        output.writeString(parts.getImplMethodName());
        output.writeString(parts.getImplMethodSignature());
        output.writeString(parts.getInstantiatedMethodType());
        output.writeVarInt(parts.getCapturedArgCount(), true);
        for (int i = 0; i < parts.getCapturedArgCount(); i++) {
            try {
                kryo.writeClassAndObject(output, parts.getCapturedArg(i));
            } catch (final Refusal e) {
                throw e.at(".captured[" + i + "]");
            }
        }
    }

    @Override
    protected Object readParts(final Kryo kryo, final Input input, final Class<? extends Object> type) {
        final Class<?> capturing = ((TypeNames) kryo.getClassResolver()).readType(input);
        if (capturing == null) {
            throw new Refusal("a lambda without a capturing class: the message is damaged");
        }
        final GraphInput in = (GraphInput) input;
        final SerializedLambda parts = new SerializedLambda(
                capturing,
                in.readText(),
                in.readText(),
                in.readText(),
                in.readByte(),
                in.readText(),
                in.readText(),
                in.readText(),
                in.readText(),
                Elements.read(kryo, input));
        return make(capturing, parts);
    }

    private static SerializedLambda partsOf(final Object lambda) {
        try {
            final Method replace = lambda.getClass().getDeclaredMethod("writeReplace");
            // Not so for the lambdas of the JDK, such as those of Comparator: Java serialization may ask them all the
            // same.
            final Object parts = replace.trySetAccessible()
                    ? replace.invoke(lambda)
                    : JavaObserver.partsOf(lambda).get(0);
            if (parts instanceof SerializedLambda serialized) {
                return serialized;
            }
            throw new Refusal("the lambda " + lambda.getClass().getName() + " does not say what it is made of");
        } catch (final ReflectiveOperationException e) {
            throw new Refusal("the lambda " + lambda.getClass().getName() + " does not say what it is made of", e);
        }
    }

    private static Class<?> capturingClass(final SerializedLambda parts, final Object lambda) {
        final String name = parts.getCapturingClass().replace('/', '.');
        try {
            return Class.forName(name, false, lambda.getClass().getClassLoader());
        } catch (final ClassNotFoundException e) {
            throw new Refusal("the capturing class " + name + " of a lambda can't be found", e);
        }
    }

    private static Object make(final Class<?> capturing, final SerializedLambda parts) {
        try {
            final Method maker = capturing.getDeclaredMethod(MAKER, SerializedLambda.class);
            final Object lambda = maker.trySetAccessible() ? maker.invoke(null, parts) : JavaResolver.resolve(parts);
            if (lambda != null) {
                return lambda;
            }
        } catch (final InvocationTargetException e) {
            throw unknown(capturing, parts, e.getCause());
        } catch (final ReflectiveOperationException e) {
            throw unknown(capturing, parts, e);
        }
        throw unknown(capturing, parts, null);
    }

    private static Refusal unknown(
            final Class<?> capturing, final SerializedLambda parts, final @Nullable Throwable cause) {
        return new Refusal(
                "the class " + capturing.getName() + " here does not have the lambda " + parts.getImplMethodName()
                        + ": both JVMs need the same build of it",
                cause);
    }
}
