package io.outrider.contract;

import io.outrider.api.Blocking;
import io.outrider.error.ContractException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A Java interface, or a class by what it {@linkplain io.outrider.api.Expose exposes}, as a table of methods. Both processes compute it for themselves, compare {@link #digest()}, and from then
 * on name a method by its index. Immutable, safe from any thread; made once for each interface.
 *
 * <p>In the table stand all methods that an instance can be asked for, inherited and default ones included, sorted by name
 * and erased descriptor. Left out, because a stub answers them itself or they need no object: {@code equals},
 * {@code hashCode}, {@code toString}, static methods, and the bridges that the compiler adds.
 *
 * @param <T> the interface
 */
public final class Contract<T> {
    private static final ClassValue<Contract<?>> CONTRACTS = new ClassValue<>() {
        @Override
        protected Contract<?> computeValue(final Class<?> type) {
            return new Contract<>(type);
        }
    };

    private final Class<T> type;
    private final List<ContractMethod> methods;
    private final ContractMethod[] table; // the same, for who looks at each call
    private final long digest;

    private Contract(final Class<T> type) {
        RemotableTypes.checkType(type);
        this.type = type;
        this.methods = tableOf(type);
        this.table = methods.toArray(ContractMethod[]::new);
        this.digest = digestOf(type, methods);
    }

    /**
     * The contract of an interface.
     *
     * @param type the interface
     * @param <T> the interface
     * @return the same object every time
     * @throws ContractException if it can't be a contract, naming the method and why
     */
    @SuppressWarnings("unchecked") // CONTRACTS maps each class to the contract made from that class
    public static <T> Contract<T> of(final Class<T> type) {
        return (Contract<T>) CONTRACTS.get(type);
    }

    /**
     * The interface.
     *
     * @return its class
     */
    public Class<T> type() {
        return type;
    }

    /**
     * The name by which the other process finds the interface.
     *
     * @return the binary name
     */
    public String name() {
        return type.getName();
    }

    /**
     * Stands for the whole table: the same in two processes if and only if they hold the same methods, and the same components
     * of the records that these declare.
     *
     * @return the first eight bytes of a SHA-256
     */
    public long digest() {
        return digest;
    }

    /**
     * The table.
     *
     * @return the methods, by index
     */
    public List<ContractMethod> methods() {
        return methods;
    }

    /**
     * A row of the table.
     *
     * @param index from 0
     * @return the method
     * @throws IndexOutOfBoundsException if there is none
     */
    public ContractMethod method(final int index) {
        return table[index];
    }

    /**
     * Whether the table has such a row.
     *
     * @param index any
     * @return true if there is a method
     */
    public boolean hasMethod(final int index) {
        return index >= 0 && index < table.length;
    }

    @Override
    public String toString() {
        return "contract " + name() + " (" + methods.size() + " methods, digest " + Long.toHexString(digest) + ')';
    }

    private static List<ContractMethod> tableOf(final Class<?> type) {
        final List<Method> declared = type.isInterface() ? Arrays.asList(type.getMethods()) : Exposure.exposed(type);
        final List<Method> callable = declared.stream()
                .filter(Contract::isCallable)
                .sorted(Comparator.comparing(ContractMethod::signatureOf))
                .toList();
        final boolean allBlocking = type.isAnnotationPresent(Blocking.class);
        final List<ContractMethod> table = new ArrayList<>(callable.size());
        for (final Method method : callable) {
            RemotableTypes.checkMethod(type, method);
            final boolean repeated = !table.isEmpty()
                    && table.get(table.size() - 1).signature().equals(ContractMethod.signatureOf(method));
            if (!repeated) { // two super-interfaces may declare one and the same method
                table.add(ContractMethod.of(
                        table.size(), method, allBlocking || method.isAnnotationPresent(Blocking.class)));
            }
        }
        return List.copyOf(table);
    }

    private static boolean isCallable(final Method method) {
        return !Modifier.isStatic(method.getModifiers()) && !method.isBridge() && !isAnsweredByStub(method);
    }

    static boolean isAnsweredByStub(final Method method) {
        return switch (method.getName()) {
            case "hashCode", "toString" -> method.getParameterCount() == 0;
            case "equals" -> method.getParameterCount() == 1 && method.getParameterTypes()[0] == Object.class;
            default -> false;
        };
    }

    private static long digestOf(final Class<?> type, final List<ContractMethod> methods) {
        try {
            final MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(type.getName().getBytes(StandardCharsets.UTF_8));
            for (final ContractMethod method : methods) {
                sha.update((byte) '\n');
                sha.update(method.shape().getBytes(StandardCharsets.UTF_8));
            }
            return ByteBuffer.wrap(sha.digest()).getLong();
        } catch (final NoSuchAlgorithmException absent) {
            throw new ContractException("this Java has no SHA-256, which every Java must have", absent);
        }
    }
}
