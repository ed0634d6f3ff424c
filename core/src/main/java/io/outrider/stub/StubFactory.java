package io.outrider.stub;

import io.outrider.contract.Contract;
import io.outrider.error.ContractException;
import io.outrider.marshal.record.ClassHome;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * Makes stubs and the dispatcher of one contract from classes that are generated once for each contract, when they are first
 * needed: a caller needs only the one, a worker mostly the other. Safe from any thread; generating blocks for some milliseconds.
 *
 * <p>The classes stand in the contract's own package, so that an interface need not be public; those of an interface of the JDK
 * stand in Outrider's. They are hidden, except in a module of the user's own.
 *
 * @param <T> the contract
 */
public final class StubFactory<T> {
    private static final ClassValue<StubFactory<?>> FACTORIES = new ClassValue<>() {
        @Override
        protected StubFactory<?> computeValue(final Class<?> type) {
            return new StubFactory<>(Contract.of(type));
        }
    };

    private final Contract<T> contract;
    private final ClassHome home;
    private volatile @Nullable StubClass<T> stubs;
    private volatile @Nullable Dispatcher dispatcher;

    private StubFactory(final Contract<T> contract) {
        this.contract = contract;
        this.home = homeOf(contract);
    }

    /**
     * The factory for a contract.
     *
     * @param contract the contract
     * @param <T> the interface
     * @return the same object every time
     * @throws ContractException if classes can't be made where it stands, saying why
     */
    @SuppressWarnings("unchecked") // FACTORIES maps each class to the factory made for that class
    public static <T> StubFactory<T> of(final Contract<T> contract) {
        return (StubFactory<T>) FACTORIES.get(contract.type());
    }

    /**
     * Makes a stub.
     *
     * @param port where its calls go
     * @param ref the object that it stands for
     * @return a new stub
     * @throws ContractException if their class can't be made, saying why
     */
    public T newStub(final CallPort port, final ObjectRef ref) {
        return stubs().newInstance(port, ref);
    }

    /**
     * The dispatcher of the contract.
     *
     * @return the same object every time
     * @throws ContractException if its class can't be made, saying why
     */
    public Dispatcher dispatcher() {
        final Dispatcher made = dispatcher;
        return made == null ? makeDispatcher() : made;
    }

    /**
     * Makes the class of the stubs, so that the first stub need not wait for that.
     *
     * @throws ContractException if it can't be made, saying why
     */
    public void prepareStubs() {
        stubs();
    }

    private StubClass<T> stubs() {
        final StubClass<T> made = stubs;
        return made == null ? makeStubs() : made;
    }

    private synchronized StubClass<T> makeStubs() {
        StubClass<T> made = stubs;
        if (made == null) {
            try {
                made = StubClass.define(contract, home);
            } catch (final Throwable failure) { // a LinkageError, say, where the contract's class loader is unusual
                throw unusable("stub", failure);
            }
            stubs = made;
        }
        return made;
    }

    private synchronized Dispatcher makeDispatcher() {
        Dispatcher made = dispatcher;
        if (made == null) {
            try {
                made = (Dispatcher) home.define(
                                DispatcherGenerator.generate(contract, home.nameFor("$Dispatcher")),
                                MethodType.methodType(void.class))
                        .invoke();
            } catch (final Throwable failure) { // as above
                throw unusable("dispatcher", failure);
            }
            dispatcher = made;
        }
        return made;
    }

    private ContractException unusable(final String what, final Throwable failure) {
        return new ContractException(
                contract.name() + " can't be a contract: its " + what + " can't be made: " + failure, failure);
    }

    /** A class in whose package generated classes may stand and see the contract. */
    private static ClassHome homeOf(final Contract<?> contract) {
        final Class<?> type = contract.type();
        final ClassLoader loader = type.getClassLoader();
        if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
            return ClassHome.of(MethodHandles.lookup());
        }
        requireSight(contract, loader);
        try {
            return ClassHome.of(type);
        } catch (final IllegalAccessException closed) {
            if (Modifier.isPublic(type.getModifiers()) && loader == StubFactory.class.getClassLoader()) {
                return ClassHome.of(MethodHandles.lookup());
            }
            throw new ContractException(
                    contract.name() + " can't be a contract: its module "
                            + type.getModule().getName()
                            + " must open package " + type.getPackageName() + " to "
                            + (StubFactory.class.getModule().isNamed()
                                    ? StubFactory.class.getModule().getName()
                                    : "all unnamed modules"),
                    closed);
        }
    }

    private static void requireSight(final Contract<?> contract, final ClassLoader loader) {
        try {
            if (Class.forName(Stub.class.getName(), false, loader) == Stub.class) {
                return;
            }
        } catch (final ClassNotFoundException unseen) {
            throw new ContractException(
                    contract.name() + " can't be a contract: its class loader " + loader + " does not see Outrider",
                    unseen);
        }
        throw new ContractException(contract.name() + " can't be a contract: its class loader " + loader
                + " sees another copy of Outrider");
    }
}
