package io.outrider.worker.host;

import io.outrider.contract.Contract;
import io.outrider.contract.ContractMethod;
import io.outrider.stub.Dispatcher;
import io.outrider.stub.StubFactory;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An object that lives here, with all that is needed to call it. Immutable apart from its mailbox; safe from any thread. */
public final class HostedObject {
    private static final Logger LOG = LoggerFactory.getLogger(HostedObject.class);

    private final long id;
    private final Object target;
    private final Contract<?> contract;
    private final Dispatcher dispatcher;
    private final Mailbox mailbox;
    private final boolean serial;

    public HostedObject(
            final long id,
            final Object target,
            final Contract<?> contract,
            final int concurrency,
            final Executor threads) {
        this.id = id;
        this.target = target;
        this.contract = contract;
        this.dispatcher = StubFactory.of(contract).dispatcher();
        this.mailbox = new Mailbox(concurrency, threads);
        this.serial = concurrency == 1;
    }

    public long id() {
        return id;
    }

    public Object target() {
        return target;
    }

    public Dispatcher dispatcher() {
        return dispatcher;
    }

    public Mailbox mailbox() {
        return mailbox;
    }

    public boolean hasMethod(final int method) {
        return method >= 0 && method < contract.methods().size();
    }

    public ContractMethod method(final int method) {
        return contract.methods().get(method);
    }

    /** Whether a call may run on the dispatcher right away: nothing of this object runs or waits, nor is it expected to block. */
    public boolean runsInline(final int method) {
        return serial && !mailbox.isBusy() && !method(method).blocking();
    }

    /** Closes the object, if it can be closed, after the calls that came before; what that throws is logged. */
    public void closeTarget() {
        if (target instanceof AutoCloseable closeable) {
            mailbox.add(() -> {
                try {
                    closeable.close();
                } catch (final Throwable failure) { // of the user's code, and nobody waits for it
                    LOG.warn("closing {} failed", this, failure);
                }
            });
        }
    }

    @Override
    public String toString() {
        return contract.type().getSimpleName() + " object " + Long.toHexString(id);
    }
}
