package io.outrider.worker.host;

import io.outrider.protocol.ReferenceSystem;
import org.jspecify.annotations.Nullable;

/** What one client says about its references; see {@link ReferenceSystem}. Safe from any thread. */
final class HostedReferences implements ReferenceSystem {
    private final HostedHome home;
    private final ClientLink client;

    HostedReferences(final HostedHome home, final ClientLink client) {
        this.home = home;
        this.client = client;
    }

    @Override
    public long lend(final long objectId, final String addressee) {
        return home.lend(objectId, addressee);
    }

    @Override
    public void settle(final long[] claimed, final long[] dropped, final String[] gone) {
        final GrantTable grants = home.grants();
        for (final long grant : claimed) {
            grants.claim(grant, client);
        }
        for (final long grant : dropped) {
            grants.drop(grant);
        }
        for (final String addressee : gone) {
            grants.gone(addressee);
        }
    }

    @Override
    public long[] counts() {
        return home.counts();
    }

    @Override
    public String[] objects() {
        return home.describeObjects();
    }

    @Override
    public @Nullable Object front() {
        return home.front();
    }
}
