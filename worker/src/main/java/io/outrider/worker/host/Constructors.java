package io.outrider.worker.host;

import io.outrider.error.ContractException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the constructor that fits the arguments, as a compiler would that knows only their classes. */
final class Constructors {
    private Constructors() {}

    static Constructor<?> find(final Class<?> type, final @Nullable Object[] arguments) {
        if (Modifier.isAbstract(type.getModifiers())) {
            throw new ContractException(type.getName() + " can't be made: it is abstract");
        }
        final List<Constructor<?>> fitting = Arrays.stream(type.getDeclaredConstructors())
                .filter(each -> fits(each.getParameterTypes(), arguments))
                .toList();
        final List<Constructor<?>> best = fitting.stream()
                .filter(each -> fitting.stream().allMatch(other -> isAtLeastAsSpecific(each, other)))
                .toList();
        if (best.size() != 1) {
            throw new ContractException(type.getName() + " has " + (fitting.isEmpty() ? "no" : "more than one")
                    + " constructor that takes (" + typesOf(arguments) + "); it has "
                    + Arrays.toString(type.getDeclaredConstructors()));
        }
        final Constructor<?> found = best.get(0);
        found.setAccessible(true); // a class need not be public to live in a worker
        return found;
    }

    private static boolean fits(final Class<?>[] parameters, final @Nullable Object[] arguments) {
        if (parameters.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < parameters.length; i++) {
            final Object argument = arguments[i];
            final boolean accepted = argument == null
                    ? !parameters[i].isPrimitive()
                    : boxed(parameters[i]).isInstance(argument);
            if (!accepted) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAtLeastAsSpecific(final Constructor<?> one, final Constructor<?> other) {
        final Class<?>[] mine = one.getParameterTypes();
        final Class<?>[] theirs = other.getParameterTypes();
        for (int i = 0; i < mine.length; i++) {
            final boolean narrower = boxed(theirs[i]).isAssignableFrom(boxed(mine[i]));
            final boolean unboxes = mine[i] != theirs[i] && theirs[i].isPrimitive();
            if (!narrower || unboxes) {
                return false;
            }
        }
        return true;
    }

    private static Class<?> boxed(final Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }

    private static String typesOf(final @Nullable Object[] arguments) {
        return Arrays.stream(arguments)
                .map(each -> each == null ? "null" : each.getClass().getName())
                .collect(Collectors.joining(", "));
    }
}
