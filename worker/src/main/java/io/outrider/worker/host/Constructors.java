package io.outrider.worker.host;

import io.outrider.contract.Overloads;
import io.outrider.error.ContractException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the constructor that fits the arguments. */
final class Constructors {
    private Constructors() {}

    static Constructor<?> find(final Class<?> type, final @Nullable Object[] arguments) {
        if (Modifier.isAbstract(type.getModifiers())) {
            throw new ContractException(type.getName() + " can't be made: it is abstract");
        }
        final Constructor<?> found = Overloads.choose(
                List.of(type.getDeclaredConstructors()), "constructor of " + type.getName(), arguments);
        found.setAccessible(true); // a class need not be public to live in a worker
        return found;
    }
}
