package io.outrider.stub;

import io.outrider.contract.Contract;
import io.outrider.error.ContractException;
import io.outrider.marshal.graph.value.Instantiator;
import io.outrider.marshal.record.ClassHome;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes stubs and the dispatcher of one contract from classes that are generated once for each contract. Immutable, safe from
 * any thread; generating blocks for some milliseconds.
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
    private final @Nullable MethodHandle stubConstructor; // of an interface
    private final @Nullable Instantiator stubInstances; // of a class
    private final Dispatcher dispatcher;

    private StubFactory(final Contract<T> contract) {
        this.contract = contract;
        final ClassHome home = homeOf(contract);
        try {
            final byte[] stub = StubGenerator.generate(contract, home.nameFor("$Stub"));
            if (contract.type().isInterface()) {
                stubConstructor = home.define(stub, MethodType.methodType(void.class, CallPort.class, ObjectRef.class))
                        .asType(MethodType.methodType(Stub.class, CallPort.class, ObjectRef.class));
                stubInstances = null;
            } else {
                stubConstructor = null;
                stubInstances = Instantiator.skipping(home.defineNamed(stub), Object.class);
            }
            dispatcher = (Dispatcher) home.define(
                            DispatcherGenerator.generate(contract, home.nameFor("$Dispatcher")),
                            MethodType.methodType(void.class))
                    .invoke();
        } catch (final Throwable failure) { // a LinkageError, say, where the contract's class loader is unusual
            throw new ContractException(
                    contract.name() + " can't be a contract: its stub can't be made: " + failure, failure);
        }
    }

    /**
     * The factory for a contract.
     *
     * @param contract the contract
     * @param <T> the interface
     * @return the same object every time
     * @throws ContractException if the classes can't be made, saying why
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
     */
    public T newStub(final CallPort port, final ObjectRef ref) {
        try {
            if (stubConstructor == null) {
                return newClassStub(port, ref);
            }
            final Stub stub = (Stub) stubConstructor.invokeExact(port, ref);
            return contract.type().cast(stub);
        } catch (final RuntimeException | Error failure) {
            throw failure;
        } catch (final Throwable impossible) { // the constructor declares nothing
            throw new IllegalStateException(impossible);
        }
    }

    private T newClassStub(final CallPort port, final ObjectRef ref) {
        final ClassStub stub = (ClassStub) Objects.requireNonNull(stubInstances).newInstance();
        stub.outriderBind(port, ref);
        return contract.type().cast(stub);
    }

    /**
     * The dispatcher of the contract.
     *
     * @return the same object every time
     */
    public Dispatcher dispatcher() {
        return dispatcher;
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
