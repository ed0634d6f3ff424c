package io.outrider.launcher.executor;

import io.outrider.error.CallRejectedException;
import io.outrider.error.DeathReport;
import io.outrider.telemetry.Log;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts how many workers each kind of task has killed in a row, and refuses those that have killed too many. Safe from any thread. */
final class Quarantine {
    private static final Log LOG = Log.of(Quarantine.class);

    private final int limit;
    private final Map<Object, Kills> records = new ConcurrentHashMap<>(); // by kind

    /** What is held against a kind of task. */
    private record Kills(int kills, DeathReport last) {}

    Quarantine(final int limit) {
        this.limit = limit;
    }

    /** Refuses a kind that is in quarantine. */
    void admit(final Object kind) {
        final Kills record = records.get(kind);
        if (record != null && record.kills >= limit) {
            throw refusal(kind, record);
        }
    }

    /** A worker died of it, or at least while it ran; true if that was one too many. */
    boolean killed(final Object kind, final DeathReport report) {
        final Kills now =
                records.merge(kind, new Kills(1, report), (before, one) -> new Kills(before.kills + 1, one.last));
        if (now.kills == limit) {
            LOG.error("{} is in quarantine: {} workers in a row have died while it ran", kind, limit);
        }
        return now.kills >= limit;
    }

    /** It has ended without killing anything. */
    void survived(final Object kind) {
        if (!records.isEmpty()) {
            records.remove(kind);
        }
    }

    /** What a task gets that is in quarantine. */
    CallRejectedException refusal(final Object kind) {
        final Kills record = records.get(kind);
        return record == null ? new CallRejectedException(kind + " was in quarantine") : refusal(kind, record);
    }

    private static CallRejectedException refusal(final Object kind, final Kills record) {
        return new CallRejectedException(kind + " is in quarantine, since " + record.kills
                + " workers in a row have died while it ran; the last: " + record.last);
    }
}
