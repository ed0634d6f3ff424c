package io.outrider.contract;

import io.outrider.error.ContractException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Executable;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chooses among overloads as a compiler would that knows only the classes of the arguments. Stateless. */
public final class Overloads {
    private Overloads() {}

    /**
     * The overload that fits the arguments, and is more specific than any other that does.
     *
     * @param all to choose among
     * @param name of what is sought, for the message
     * @param arguments for it
     * @param <E> methods or constructors
     * @return the one
     * @throws io.outrider.error.ContractException if there is none, or more than one
     */
    public static <E extends Executable> E choose(
            final Collection<E> all, final String name, final @Nullable Object[] arguments) {
        final List<E> fitting = all.stream()
                .filter(each -> fits(each.getParameterTypes(), arguments))
                .toList();
        final List<E> best = fitting.stream()
                .filter(each -> fitting.stream().allMatch(other -> isAtLeastAsSpecific(each, other)))
                .toList();
        if (best.size() != 1) {
            throw new ContractException("there is " + (fitting.isEmpty() ? "no" : "more than one") + ' ' + name
                    + " that takes ("
                    + Arrays.stream(arguments)
                            .map(each -> each == null ? "null" : each.getClass().getName())
                            .collect(Collectors.joining(", "))
                    + "); there is " + all);
        }
        return best.get(0);
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

    private static boolean isAtLeastAsSpecific(final Executable one, final Executable other) {
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
}
