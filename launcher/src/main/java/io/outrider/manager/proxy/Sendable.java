package io.outrider.manager.proxy;

import io.outrider.api.function.RemoteBiFunction;
import io.outrider.api.function.RemoteFunction;
import io.outrider.api.function.RemotePredicate;
import io.outrider.api.function.RemoteUnaryOperator;
import java.io.Serializable;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which functions run in the worker, and as what they are sent. The ports know nothing of the types of keys and
 * elements.
 */
@SuppressWarnings("unchecked") // erased: the function gets what was put by those who have the same types
final class Sendable {
    private Sendable() {}

    /** Whether a function can leave this JVM. */
    static boolean isSendable(final @Nullable Object function) {
        return function == null || function instanceof Serializable;
    }

    static <T extends @Nullable Object, U extends @Nullable Object, R extends @Nullable Object>
            RemoteBiFunction<T, U, R> biFunction(final BiFunction<?, ?, ?> function) {
        return function instanceof RemoteBiFunction<?, ?, ?> remote
                ? (RemoteBiFunction<T, U, R>) remote
                : ((BiFunction<T, U, R>) function)::apply;
    }

    static <T extends @Nullable Object, R extends @Nullable Object> RemoteFunction<T, R> function(
            final Function<?, ?> function) {
        return function instanceof RemoteFunction<?, ?> remote
                ? (RemoteFunction<T, R>) remote
                : ((Function<T, R>) function)::apply;
    }

    static RemotePredicate<@Nullable Object> predicate(final Predicate<?> predicate) {
        return predicate instanceof RemotePredicate<?> remote
                ? (RemotePredicate<@Nullable Object>) remote
                : ((Predicate<@Nullable Object>) predicate)::test;
    }

    static RemoteUnaryOperator<@Nullable Object> operator(final UnaryOperator<?> operator) {
        return operator instanceof RemoteUnaryOperator<?> remote
                ? (RemoteUnaryOperator<@Nullable Object>) remote
                : ((UnaryOperator<@Nullable Object>) operator)::apply;
    }
}
