package io.outrider.marshal.record;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodHandles.Lookup.ClassOption;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The package of a class of the user's, as a place for generated classes that must see what is not public. Where the class
 * stands in a module of its own, that module must open the package. Immutable, safe from any thread.
 */
public final class ClassHome {
    /** A hidden class needs no name of its own; another does, also when two threads make one at the same time. */
    private static final AtomicLong NAMES = new AtomicLong();

    private final Lookup lookup;
    private final boolean ownModule;

    private ClassHome(final Lookup lookup) {
        this.lookup = lookup;
        this.ownModule = !lookup.hasFullPrivilegeAccess();
    }

    /**
     * The home of generated classes that see what a class sees.
     *
     * @param type a class of the user's
     * @return its package
     * @throws IllegalAccessException if its module does not open the package
     */
    public static ClassHome of(final Class<?> type) throws IllegalAccessException {
        return new ClassHome(MethodHandles.privateLookupIn(type, MethodHandles.lookup()));
    }

    /**
     * The home of generated classes whose contract is public and whose own package is closed.
     *
     * @param outriders lookup of a class of Outrider's
     * @return the package of that class
     */
    public static ClassHome of(final Lookup outriders) {
        return new ClassHome(outriders);
    }

    /**
     * Whether the class stands in another module than Outrider: generated classes then see its package, and not what is private.
     *
     * @return true if nothing private is seen
     */
    public boolean isInOwnModule() {
        return ownModule;
    }

    /**
     * The internal name for a class to be generated.
     *
     * @param suffix what it is
     * @return a name that was not used before
     */
    public String nameFor(final String suffix) {
        return lookup.lookupClass().getName().replace('.', '/') + suffix + NAMES.incrementAndGet();
    }

    /**
     * Defines a generated class and finds its constructor.
     *
     * @param bytes of the class
     * @param constructor its parameter types, with result void
     * @return makes instances
     * @throws ReflectiveOperationException if the class can't be defined here
     */
    public MethodHandle define(final byte[] bytes, final MethodType constructor) throws ReflectiveOperationException {
        if (ownModule) { // a hidden class takes full privileges, which end at the border of a module
            final Class<?> made = lookup.defineClass(bytes);
            return lookup.findConstructor(made, constructor);
        }
        final Lookup made = lookup.defineHiddenClass(bytes, false, ClassOption.NESTMATE);
        return made.findConstructor(made.lookupClass(), constructor);
    }

    /**
     * Defines a generated class under its name, as reflection wants it to make instances without a constructor.
     *
     * @param bytes of the class
     * @return the class
     * @throws ReflectiveOperationException if the class can't be defined here
     */
    public Class<?> defineNamed(final byte[] bytes) throws ReflectiveOperationException {
        return lookup.defineClass(bytes);
    }
}
