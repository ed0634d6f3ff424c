package io.outrider.stub;

import io.outrider.contract.Contract;
import io.outrider.marshal.graph.value.Instantiator;
import io.outrider.marshal.record.ClassHome;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The generated class of the stubs of one contract. Immutable, safe from any thread.
 *
 * @param <T> the contract
 */
final class StubClass<T> {
    private final Class<T> type;
    private final @Nullable MethodHandle constructor; // of an interface
    private final @Nullable Instantiator instances; // of a class

    private StubClass(
            final Class<T> type, final @Nullable MethodHandle constructor, final @Nullable Instantiator instances) {
        this.type = type;
        this.constructor = constructor;
        this.instances = instances;
    }

    static <T> StubClass<T> define(final Contract<T> contract, final ClassHome home)
            throws ReflectiveOperationException {
        final byte[] bytes = StubGenerator.generate(contract, home.nameFor("$Stub"));
        if (contract.type().isInterface()) {
            final MethodHandle made =
                    home.define(bytes, MethodType.methodType(void.class, CallPort.class, ObjectRef.class));
            return new StubClass<>(
                    contract.type(),
                    made.asType(MethodType.methodType(Stub.class, CallPort.class, ObjectRef.class)),
                    null);
        }
        return new StubClass<>(contract.type(), null, Instantiator.skipping(home.defineNamed(bytes), Object.class));
    }

    T newInstance(final CallPort port, final ObjectRef ref) {
        if (constructor == null) {
            final ClassStub stub = (ClassStub) Objects.requireNonNull(instances).newInstance();
            stub.outriderBind(port, ref);
            return type.cast(stub);
        }
        try {
            return type.cast((Stub) constructor.invokeExact(port, ref));
        } catch (final RuntimeException | Error failure) {
            throw failure;
        } catch (final Throwable impossible) { // the constructor declares nothing
            throw new IllegalStateException(impossible);
        }
    }
}
