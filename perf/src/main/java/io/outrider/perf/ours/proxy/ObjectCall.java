package io.outrider.perf.ours.proxy;

import io.outrider.api.RemoteExecutor;
import io.outrider.manager.Manager;
import io.outrider.perf.bench.Payload;

/** An ordinary call of the shape that a map's get has. */
public final class ObjectCall extends ManagerRung {
    /** An object each way. */
    public interface Lookup {
        /**
         * Looks up.
         *
         * @param key any
         * @return a small value
         */
        Object find(Object key);
    }

    /** For {@link java.util.ServiceLoader}. */
    public ObjectCall() {
        super("outrider.proxy.object.call");
    }

    @Override
    Step prepare(final RemoteExecutor workers, final Manager manager) {
        final Lookup lookup = workers.create(Lookup.class, () -> key -> key.equals("bolts") ? 5L : 0L)
                .stub();
        return (index, value) -> lookup.find("bolts").equals(5L) ? Payload.answer(index, value) : Double.NaN;
    }
}
