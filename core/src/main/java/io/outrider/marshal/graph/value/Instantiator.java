package io.outrider.marshal.graph.value;

import io.outrider.marshal.graph.wire.Refusal;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * Makes instances of one class without its values: by its own constructor without arguments where it has one, and else by
 * running only the constructor of an ancestor, as Java serialization does. Immutable, safe from any thread.
 */
public final class Instantiator {
    private static final Object FACTORY;
    private static final Method NEW_CONSTRUCTOR;

    static {
        try {
            // By reflection: javac warns of every mention of this class, and the warning can't be suppressed.
            final Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
            FACTORY = factory.getMethod("getReflectionFactory").invoke(null);
            NEW_CONSTRUCTOR = factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Constructor<?> constructor;

    private Instantiator(final Constructor<?> constructor) {
        this.constructor = constructor;
    }

    /**
     * Prepares to make instances of a class.
     *
     * @param type a concrete class
     * @param ancestor whose public constructor is run where the class has none without arguments
     * @return what makes them
     */
    public static Instantiator of(final Class<?> type, final Class<?> ancestor) {
        try {
            final Constructor<?> own = type.getDeclaredConstructor();
            if (own.trySetAccessible()) {
                return new Instantiator(own);
            }
        } catch (final NoSuchMethodException e) {
            return skipping(type, ancestor);
        }
        return skipping(type, ancestor);
    }

    /**
     * Prepares to make instances of a class by a constructor of an ancestor, and no other.
     *
     * @param type a concrete class
     * @param ancestor whose constructor is run
     * @param parameters of that constructor
     * @return what makes them
     */
    public static Instantiator skipping(final Class<?> type, final Class<?> ancestor, final Class<?>... parameters) {
        try {
            final Constructor<?> constructor = ancestor.getDeclaredConstructor(parameters);
            return new Instantiator((Constructor<?>) NEW_CONSTRUCTOR.invoke(FACTORY, type, constructor));
        } catch (final ReflectiveOperationException e) {
            throw new Refusal(type.getName() + " can't be instantiated here", e);
        }
    }

    public Object newInstance(final Object... arguments) {
        try {
            return constructor.newInstance(arguments);
        } catch (final InvocationTargetException e) {
            throw new Refusal(
                    "the constructor of " + constructor.getDeclaringClass().getName() + " failed: " + e.getCause(),
                    e.getCause());
        } catch (final ReflectiveOperationException e) {
            throw new Refusal(constructor.getDeclaringClass().getName() + " can't be instantiated here", e);
        }
    }
}
