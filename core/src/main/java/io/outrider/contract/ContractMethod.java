package io.outrider.contract;

import io.outrider.api.ReturnsProxy;
import io.outrider.api.Uninterruptible;
import io.outrider.api.Waits;
import io.outrider.model.RecordShape;
import io.outrider.model.ValueKind;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One row of a contract's method table. Immutable.
 *
 * @param index its place in the table, which stands for it in frames
 * @param method the interface method
 * @param signature name and erased descriptor, by which the table is sorted
 * @param parameters how each argument stands in a frame
 * @param result how the result stands in a frame
 * @param blocking whether calls are expected to wait
 * @param yields what it yields over time, if it is a generator; otherwise null
 * @param takes the parameters that stand for values over time, by their place from 0
 * @param waits whether it waits for what others do, so that the default time limit of calls is not for it
 */
public record ContractMethod(
        int index,
        Method method,
        String signature,
        List<ValueKind> parameters,
        ValueKind result,
        boolean blocking,
        @Nullable StreamShape yields,
        Map<Integer, StreamShape> takes,
        boolean waits) {
    static ContractMethod of(final int index, final Method method, final boolean blocking) {
        return new ContractMethod(
                index,
                method,
                signatureOf(method),
                Arrays.stream(method.getParameterTypes()).map(ValueKind::of).toList(),
                ValueKind.of(method.getReturnType()),
                blocking || !takenBy(method).isEmpty(), // such a method waits for its caller
                StreamShape.of(method.getReturnType(), method.getGenericReturnType()),
                takenBy(method),
                method.isAnnotationPresent(Waits.class));
    }

    private static Map<Integer, StreamShape> takenBy(final Method method) {
        final Map<Integer, StreamShape> taken = new TreeMap<>();
        for (int i = 0; i < method.getParameterCount(); i++) {
            final StreamShape shape =
                    StreamShape.of(method.getParameterTypes()[i], method.getGenericParameterTypes()[i]);
            if (shape != null) {
                taken.put(i, shape);
            }
        }
        return Map.copyOf(taken);
    }

    /**
     * Whether an interrupted caller waits for the outcome all the same. Looked up each time, since few ever ask.
     *
     * @return true if the method, or the interface that declares it, is {@link Uninterruptible}
     */
    public boolean uninterruptible() {
        return method.isAnnotationPresent(Uninterruptible.class)
                || method.getDeclaringClass().isAnnotationPresent(Uninterruptible.class);
    }

    /**
     * Whether the method returns a stage: then it has returned at once, and its outcome is what that stage completes
     * with.
     *
     * @return true if it returns a {@link CompletionStage} or a {@link CompletableFuture}
     */
    public boolean deferred() {
        return isDeferred(method);
    }

    /**
     * Whether the result stays in the worker, and the caller gets a stub of it.
     *
     * @return true if the method has {@link ReturnsProxy}
     */
    public boolean returnsProxy() {
        return method.isAnnotationPresent(ReturnsProxy.class);
    }

    static boolean isDeferred(final Method method) {
        return method.getReturnType() == CompletionStage.class || method.getReturnType() == CompletableFuture.class;
    }

    static String signatureOf(final Method method) {
        final StringBuilder text = new StringBuilder(method.getName()).append('(');
        for (final Class<?> parameter : method.getParameterTypes()) {
            text.append(parameter.descriptorString());
        }
        return text.append(')')
                .append(method.getReturnType().descriptorString())
                .toString();
    }

    /** What two versions of the method must have in common to understand each other's frames. */
    String shape() {
        final StringBuilder text = new StringBuilder(method.getName()).append('(');
        for (int i = 0; i < method.getParameterCount(); i++) {
            text.append(describe(method.getParameterTypes()[i], takes.get(i)));
        }
        return text.append(')').append(describe(method.getReturnType(), yields)).toString();
    }

    private static String describe(final Class<?> type, final @Nullable StreamShape stream) {
        return stream == null ? RecordShape.describe(type) : stream.describe();
    }

    /** For people: the interface's simple name, the method's name and its parameter types. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(method.getDeclaringClass().getSimpleName())
                .append('.')
                .append(method.getName())
                .append('(');
        for (int i = 0; i < method.getParameterCount(); i++) {
            text.append(i == 0 ? "" : ", ").append(method.getParameterTypes()[i].getSimpleName());
        }
        return text.append(')').toString();
    }
}
