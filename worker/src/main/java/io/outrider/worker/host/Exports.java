package io.outrider.worker.host;

import io.outrider.api.ReturnsProxy;
import io.outrider.contract.Contract;
import io.outrider.contract.ContractMethod;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.Proxies;
import io.outrider.stub.StubFactory;
import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Results that stay here, and for which a stub goes out: one call after the other. For one thread at a time. */
final class Exports {
    private final HostedHome home;
    private @Nullable HostedObject held; // until the reference to it has been written

    Exports(final HostedHome home) {
        this.home = home;
    }

    /** The stub that goes out for what a method has returned. */
    @Nullable
    Object export(final @Nullable Object local, final ContractMethod method) {
        if (local == null || Proxies.isProxy(local)) {
            return local; // a stub goes on as it is
        }
        final Method declared = method.method();
        final ReturnsProxy how = Objects.requireNonNull(declared.getAnnotation(ReturnsProxy.class));
        final Contract<?> contract = Contract.of(declared.getReturnType());
        final HostedObject exported = home.host(local, contract, how.concurrency());
        held = exported;
        final ObjectRef ref = new ObjectRef(home.address(), home.workerId(), exported.id(), contract);
        return StubFactory.of(contract).newStub(home.port(), ref);
    }

    /** The call has its outcome: the object is kept by whoever has the reference. */
    void release() {
        final HostedObject exported = held;
        if (exported != null) { // seldom
            held = null;
            home.letGo(exported.id());
        }
    }
}
