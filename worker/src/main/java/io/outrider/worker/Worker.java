package io.outrider.worker;

import io.outrider.contract.Contract;
import io.outrider.engine.endpoint.Endpoints;
import io.outrider.engine.endpoint.Home;
import io.outrider.error.CallRejectedException;

/** The worker in which the calling code runs, if it runs in one. Stateless, safe from any thread; nothing here blocks. */
public final class Worker {
    private Worker() {}

    /**
     * Whether this process is a worker.
     *
     * @return false in a launcher
     */
    public static boolean isWorker() {
        return Endpoints.ofProcess().home() != null;
    }

    /**
     * Which worker this is.
     *
     * @return its id
     * @throws CallRejectedException if this process is no worker
     */
    public static int id() {
        final Home home = Endpoints.ofProcess().home();
        if (home == null) {
            throw new CallRejectedException("this process is no worker, so it has no worker's id");
        }
        return home.workerId();
    }

    /**
     * Lets others call an object of this worker, one call at a time. The object stays here; the stub can be sent anywhere, nested in
     * anything, and keeps the object as long as somebody has it. Where it comes back to this worker it is the object.
     *
     * @param object any object that implements the contract
     * @param contract by which it is called
     * @param <T> the contract
     * @return a stub
     * @throws CallRejectedException if this process is no worker
     * @throws io.outrider.error.ContractException if the interface can't be a contract, the object does not implement it, is
     *     exported by another one, or lives elsewhere
     */
    public static <T> T export(final T object, final Class<T> contract) {
        return export(object, contract, 1);
    }

    /**
     * Like {@link #export(Object, Class)}, for an object that takes several calls at once.
     *
     * @param object any object that implements the contract
     * @param contract by which it is called
     * @param concurrency how many calls may run in it at once
     * @param <T> the contract
     * @return a stub
     */
    public static <T> T export(final T object, final Class<T> contract, final int concurrency) {
        return Endpoints.ofProcess().export(object, Contract.of(contract), concurrency);
    }
}
