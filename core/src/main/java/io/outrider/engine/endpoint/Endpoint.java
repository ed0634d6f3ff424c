package io.outrider.engine.endpoint;

import io.outrider.engine.CallClient;
import io.outrider.error.OutriderException;
import io.outrider.protocol.attach.AttachDescriptor.KeyKind;
import io.outrider.protocol.attach.TrustDomain;
import io.outrider.protocol.control.SecretToken;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One incarnation of a worker as this process reaches it: over the link by which it started it, or over one that is made when
 * it is first needed. Safe from any thread.
 */
public final class Endpoint {
    private final String address;
    private final Supplier<Replying> replying;
    private volatile @Nullable CallClient client;
    private @Nullable Attachment attachment; // guarded by this
    private @Nullable OutriderException ended; // guarded by this

    Endpoint(final String address, final Supplier<Replying> replying) {
        this.address = address;
        this.replying = replying;
    }

    /**
     * Where the worker listens.
     *
     * @return the path of its socket
     */
    public String address() {
        return address;
    }

    /**
     * The client of its link; attaches if there is none yet, and then blocks for some milliseconds.
     *
     * @return the same object every time
     * @throws io.outrider.error.AuthenticationException if the worker belongs to somebody else
     * @throws OutriderException if it can't be reached
     */
    public CallClient client() {
        final CallClient known = client;
        return known != null ? known : attach(KeyKind.SHARED, TrustDomain.key());
    }

    /** Whether there is a link already. */
    boolean isConnected() {
        return client != null;
    }

    /** For whoever started the worker: calls take this way from now on. */
    synchronized void adopt(final CallClient owners) {
        client = owners;
    }

    synchronized CallClient attach(final KeyKind key, final SecretToken secret) {
        final CallClient known = client;
        if (known != null) {
            return known;
        }
        if (ended != null) {
            throw ended;
        }
        final Attachment made = Attachment.open(Path.of(address), key, secret, replying.get(), this::lost);
        attachment = made;
        client = made.client();
        return made.client();
    }

    /** The client stays, and refuses each call with the reason. */
    private void lost(final Attachment gone) {
        // An address is never used again, so there is nothing to attach to any more.
    }

    void close() {
        final Attachment open;
        synchronized (this) {
            open = attachment;
            attachment = null;
        }
        if (open != null) {
            open.close();
        }
    }

    @Override
    public String toString() {
        return "the worker at " + address;
    }
}
