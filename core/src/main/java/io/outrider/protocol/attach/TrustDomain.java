package io.outrider.protocol.attach;

import io.outrider.protocol.control.SecretToken;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The key that this process, the workers that it starts, those that they start and so on hold in common, and by which each of
 * them may attach to each other. A worker gets it over its control link before any user code runs; the process at the root
 * makes it. Safe from any thread.
 */
public final class TrustDomain {
    private static final AtomicReference<@Nullable SecretToken> KEY = new AtomicReference<>();

    private TrustDomain() {}

    /**
     * The key, made now if this process is the root.
     *
     * @return the same every time
     */
    public static SecretToken key() {
        final SecretToken known = KEY.get();
        if (known != null) {
            return known;
        }
        KEY.compareAndSet(null, SecretToken.random());
        return key();
    }

    /**
     * For a worker: takes over the key of its launcher.
     *
     * @param key as it came over the control link
     */
    public static void join(final SecretToken key) {
        KEY.set(key);
    }
}
