package io.outrider.worker.host;

import io.outrider.api.CurrentArena;
import io.outrider.api.LoanArena;
import io.outrider.contract.Contract;
import io.outrider.contract.ContractMethod;
import io.outrider.stub.Dispatcher;
import io.outrider.stub.StubFactory;
import io.outrider.telemetry.Log;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** An object that lives here, with all that is needed to call it. Immutable apart from its mailbox; safe from any thread. */
public final class HostedObject {
    private static final Log LOG = Log.of(HostedObject.class);

    private final long id;
    private final Object target;
    private final Contract<?> contract;
    private final Dispatcher dispatcher;
    private final Mailbox mailbox;
    private final boolean serial;
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicInteger owners = new AtomicInteger(); // of its holders
    private volatile boolean made; // here, for an owner: so it is closed with its last reference
    private volatile boolean shared; // by its stub in this worker, too, and until its owner's end

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

    Contract<?> contract() {
        return contract;
    }

    int holders() {
        return holders.get();
    }

    /** Keeps the object, unless it has been let go already. */
    boolean tryRetain() {
        int now = holders.get();
        while (now > 0 && !holders.compareAndSet(now, now + 1)) {
            now = holders.get();
        }
        return now > 0;
    }

    /** Undoes one {@link #tryRetain}, or the first hold; true if that was the last. */
    boolean letGo() {
        return holders.decrementAndGet() == 0;
    }

    /** The latest hold is an owner's, who has made the object; several have, where their factories return the same one. */
    void own() {
        made = true;
        owners.incrementAndGet();
    }

    /** Code of this worker gets the stub, too, where a reference comes back; and the object ends when its owner says so. */
    void share() {
        shared = true;
    }

    boolean isShared() {
        return shared;
    }

    boolean isOwned() {
        return owners.get() > 0;
    }

    /** An owner gives up its hold; false if there is none left. */
    boolean disown() {
        int now = owners.get();
        while (now > 0 && !owners.compareAndSet(now, now - 1)) {
            now = owners.get();
        }
        return now > 0;
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
        return contract.hasMethod(method);
    }

    public ContractMethod method(final int method) {
        return contract.method(method);
    }

    /** Whether a call may run on the dispatcher right away: nothing of this object runs or waits, nor is it expected to block. */
    public boolean runsInline(final int method) {
        return serial && !mailbox.isBusy() && !method(method).blocking();
    }

    /** Closes the object, if it can be closed, after the calls that came before; what that throws is logged. */
    public void closeTarget() {
        if (made && target instanceof AutoCloseable closeable) {
            mailbox.add(() -> {
                final LoanArena before = CurrentArena.ofThread(null); // which is nobody's call
                try {
                    closeable.close();
                } catch (final Throwable failure) { // of the user's code, and nobody waits for it
                    LOG.warn("closing {} failed", this, failure);
                } finally {
                    CurrentArena.ofThread(before);
                }
            });
        }
    }

    @Override
    public String toString() {
        return contract.type().getSimpleName() + " object " + Long.toHexString(id);
    }
}
