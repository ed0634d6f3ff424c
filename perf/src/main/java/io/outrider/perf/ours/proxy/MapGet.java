package io.outrider.perf.ours.proxy;

import io.outrider.api.RemoteExecutor;
import io.outrider.manager.Manager;
import io.outrider.manager.SharedMap;
import io.outrider.perf.bench.Payload;

/** Gets a small value from a shared map. */
public final class MapGet extends ManagerRung {
    /** For {@link java.util.ServiceLoader}. */
    public MapGet() {
        super("outrider.proxy.map.get");
    }

    @Override
    Step prepare(final RemoteExecutor workers, final Manager manager) {
        final SharedMap<String, Long> map = manager.map();
        map.put("bolts", 5L);
        return (index, value) -> {
            final Long found = map.get("bolts");
            return found != null && found == 5 ? Payload.answer(index, value) : Double.NaN;
        };
    }
}
