package io.outrider.launcher.service;

import io.outrider.api.Parallel;
import io.outrider.api.Parallelization;
import io.outrider.contract.Overloads;
import io.outrider.error.ContractException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds and invokes the method that fits the arguments. Stateless. */
final class Methods {
    private Methods() {}

    static Method find(final Class<?> type, final String name, final @Nullable Object[] arguments) {
        final Map<List<Class<?>>, Method> named =
                new LinkedHashMap<>(); // an overriding method comes before the overridden one
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            collect(each.getDeclaredMethods(), name, named);
        }
        collect(type.getMethods(), name, named); // the default methods of interfaces
        final Method found = Overloads.choose(named.values(), "method " + name + " of " + type.getName(), arguments);
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
