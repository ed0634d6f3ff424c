package io.outrider.actor;

import io.outrider.api.RemoteExecutor;
import io.outrider.error.CallRejectedException;
import io.outrider.launcher.executor.ProcessExecutor;
import io.outrider.protocol.control.SecretToken;

/**
 * What another process must hold to attach to an actor. Hand it over by a way that only that process can read, never by a command
 * line or the environment. Immutable; {@code toString} does not show it.
 */
public final class ActorSecret {
    /** The length in bytes. */
    public static final int LENGTH = SecretToken.LENGTH;

    private final byte[] bytes;

    private ActorSecret(final byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A secret that was handed over.
     *
     * @param bytes {@link #LENGTH} of them, from {@link #toBytes}
     * @return the secret
     * @throws io.outrider.error.AuthenticationException if there are more or fewer
     */
    public static ActorSecret of(final byte[] bytes) {
        return new ActorSecret(SecretToken.of(bytes).toBytes());
    }

    /**
     * The secret of one worker of an executor, which opens that worker and no other.
     *
     * @param executor whose workers are processes
     * @param workerId of the worker
     * @return the secret
     * @throws CallRejectedException if nobody can attach to workers of that executor
     */
    public static ActorSecret of(final RemoteExecutor executor, final int workerId) {
        if (executor instanceof ProcessExecutor processes) {
            return of(processes.secret(workerId).toBytes());
        }
        throw new CallRejectedException("the workers of " + executor + " are no processes: nobody can attach to them");
    }

    /**
     * The secret itself, to be handed over.
     *
     * @return a copy
     */
    public byte[] toBytes() {
        return bytes.clone();
    }

    SecretToken token() {
        return SecretToken.of(bytes);
    }

    @Override
    public String toString() {
        return "ActorSecret[hidden]";
    }
}
