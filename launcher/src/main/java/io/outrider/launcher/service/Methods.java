package io.outrider.launcher.service;

import io.outrider.api.Parallel;
import io.outrider.api.Parallelization;
import io.outrider.error.ContractException;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds and invokes the method that fits the arguments, as a compiler would that knows only their classes. Stateless. */
final class Methods {
    private Methods() {}

    static Method find(final Class<?> type, final String name, final @Nullable Object[] arguments) {
        final Map<List<Class<?>>, Method> named =
                new LinkedHashMap<>(); // an overriding method comes before the overridden one
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            collect(each.getDeclaredMethods(), name, named);
        }
        collect(type.getMethods(), name, named); // the default methods of interfaces
        final List<Method> fitting = named.values().stream()
                .filter(method -> fits(method.getParameterTypes(), arguments))
                .toList();
        final List<Method> best = fitting.stream()
                .filter(method -> fitting.stream().allMatch(other -> isAtLeastAsSpecific(method, other)))
                .toList();
        if (best.size() != 1) {
            throw new ContractException(type.getName() + " has " + (fitting.isEmpty() ? "no" : "more than one")
                    + " method " + name + " that takes ("
                    + Arrays.stream(arguments)
                            .map(each -> each == null ? "null" : each.getClass().getName())
                            .collect(Collectors.joining(", "))
                    + "); it has " + named.values());
        }
        final Method found = best.get(0);
        if (!found.trySetAccessible()) {
            throw new ContractException(found + " can't be called from outside its module");
        }
        return found;
    }

    private static void collect(final Method[] methods, final String name, final Map<List<Class<?>>, Method> named) {
        for (final Method method : methods) {
            if (method.getName().equals(name) && !method.isBridge() && !Modifier.isAbstract(method.getModifiers())) {
                named.putIfAbsent(List.of(method.getParameterTypes()), method);
            }
        }
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

    private static boolean isAtLeastAsSpecific(final Method one, final Method other) {
        final List<Class<?>> mine = new ArrayList<>(List.of(one.getParameterTypes()));
        final List<Class<?>> theirs = List.of(other.getParameterTypes());
        for (int i = 0; i < mine.size(); i++) {
            final boolean unboxes =
                    mine.get(i) != theirs.get(i) && theirs.get(i).isPrimitive();
            if (unboxes || !boxed(theirs.get(i)).isAssignableFrom(boxed(mine.get(i)))) {
                return false;
            }
        }
        return true;
    }

    private static Class<?> boxed(final Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }

    static Parallelization permissionOf(final Method method) {
        final Parallel permission = method.getAnnotation(Parallel.class);
        return permission == null ? Parallelization.SEQUENTIAL : permission.value();
    }

    static @Nullable Object invoke(final Method method, final Object instance, final @Nullable Object[] arguments)
            throws Exception {
        try {
            return method.invoke(instance, arguments);
        } catch (final InvocationTargetException thrown) {
            final Throwable cause = Objects.requireNonNullElse(thrown.getTargetException(), thrown);
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof Exception exception ? exception : thrown;
        }
    }
}
