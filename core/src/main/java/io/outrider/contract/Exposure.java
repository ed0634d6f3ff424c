package io.outrider.contract;

import io.outrider.api.Expose;
import io.outrider.error.ContractException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which methods of a class can be called from outside, by {@link Expose}, united over its ancestors; and which must not. */
public final class Exposure {
    private Exposure() {}

    /** Whether anything in the hierarchy of a class says that it is its own contract. */
    static boolean isExposed(final Class<?> type) {
        return !type.isInterface()
                && !type.isArray()
                && !type.isPrimitive()
                && lineage(type).stream()
                        .anyMatch(each -> each.isAnnotationPresent(Expose.class)
                                || Arrays.stream(each.getDeclaredMethods())
                                        .anyMatch(method -> method.isAnnotationPresent(Expose.class)));
    }

    /** Refuses a class that no stub can extend, or that exposes what can't be called. */
    static void check(final Class<?> type) {
        if (Modifier.isFinal(type.getModifiers()) || type.isSealed()) {
            throw refusal(type, "it is final or sealed, so no stub can extend it");
        }
        if (type.isHidden()) {
            throw refusal(type, "a hidden class has no name in another JVM");
        }
        for (final Class<?> each : lineage(type)) {
            for (final Method method : each.getDeclaredMethods()) {
                checkMethod(type, each, method);
            }
        }
    }

    private static void checkMethod(final Class<?> type, final Class<?> declaring, final Method method) {
        final int modifiers = method.getModifiers();
        if (method.isAnnotationPresent(Expose.class)
                && (!Modifier.isPublic(modifiers) || Modifier.isStatic(modifiers))) {
            throw refusal(type, "it exposes " + method.toGenericString() + ", which is not public or is static");
        }
        if (!declaring.isInterface()
                && Modifier.isFinal(modifiers)
                && !Modifier.isStatic(modifiers)
                && !Modifier.isPrivate(modifiers)) {
            throw refusal(type, method.toGenericString() + " is final, so it would run in the stub itself");
        }
    }

    private static ContractException refusal(final Class<?> type, final String why) {
        return new ContractException(type.getName() + " can't be a contract: " + why);
    }

    /** The exposed methods, as the class itself has them; the same method may be among them twice, by two interfaces. */
    static List<Method> exposed(final Class<?> type) {
        final Set<String> signatures = new LinkedHashSet<>();
        for (final Class<?> each : lineage(type)) {
            final boolean all = each.isAnnotationPresent(Expose.class);
            Arrays.stream(each.getDeclaredMethods())
                    .filter(method -> (all && Modifier.isPublic(method.getModifiers()))
                            || method.isAnnotationPresent(Expose.class))
                    .map(Exposure::signatureOf)
                    .forEach(signatures::add);
        }
        return Arrays.stream(type.getMethods())
                .filter(method -> signatures.contains(signatureOf(method)))
                .toList();
    }

    /**
     * The methods of a class that a stub must keep from running where it is.
     *
     * @param contract of a class
     * @return all that can be overridden and are not in the contract, but for those that each object has
     */
    public static List<Method> hidden(final Contract<?> contract) {
        final Class<?> type = contract.type();
        final Map<String, Method> hidden = new LinkedHashMap<>();
        for (final Class<?> each : lineage(type)) {
            Arrays.stream(each.getDeclaredMethods())
                    .filter(method -> canOverride(type, method))
                    .sorted(Comparator.comparing(ContractMethod::signatureOf))
                    .forEach(method -> hidden.putIfAbsent(ContractMethod.signatureOf(method), method));
        }
        contract.methods().forEach(method -> hidden.remove(method.signature()));
        return new ArrayList<>(hidden.values());
    }

    private static boolean canOverride(final Class<?> type, final Method method) {
        final int modifiers = method.getModifiers();
        final boolean seen = Modifier.isPublic(modifiers)
                || Modifier.isProtected(modifiers)
                || method.getDeclaringClass().getPackage() == type.getPackage();
        return seen
                && !Modifier.isStatic(modifiers)
                && !Modifier.isPrivate(modifiers)
                && !method.isBridge()
                && !Contract.isAnsweredByStub(method);
    }

    /** Without the result, in which an override may be narrower. */
    private static String signatureOf(final Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }

    /** The class, its ancestors below {@code Object}, and all their interfaces. */
    private static Set<Class<?>> lineage(final Class<?> type) {
        final Set<Class<?>> lineage = new LinkedHashSet<>();
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            lineage.add(each);
        }
        for (final Class<?> each : List.copyOf(lineage)) {
            addInterfaces(each, lineage);
        }
        return lineage;
    }

    private static void addInterfaces(final Class<?> type, final Set<Class<?>> lineage) {
        for (final Class<?> each : type.getInterfaces()) {
            if (lineage.add(each)) {
                addInterfaces(each, lineage);
            }
        }
    }
}
