package io.outrider.perf.ours.proxy;

import io.outrider.api.RemoteExecutor;
import io.outrider.manager.Manager;
import io.outrider.perf.bench.Payload;
import java.util.concurrent.locks.Lock;

/** Locks and unlocks what nobody else wants. */
public final class LockUnlock extends ManagerRung {
    /** For {@link java.util.ServiceLoader}. */
    public LockUnlock() {
        super("outrider.proxy.lock.unlock");
    }

    @Override
    Step prepare(final RemoteExecutor workers, final Manager manager) {
        final Lock lock = manager.lock();
        return (index, value) -> {
            lock.lock();
            try {
                return Payload.answer(index, value);
            } finally {
                lock.unlock();
            }
        };
    }
}
