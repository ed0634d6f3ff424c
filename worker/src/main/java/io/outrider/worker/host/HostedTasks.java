package io.outrider.worker.host;

import io.outrider.api.RemoteCallable;
import io.outrider.api.TaskContext;
import io.outrider.error.OutriderException;
import io.outrider.marshal.Marshaller;
import io.outrider.marshal.ValueReader;
import io.outrider.protocol.TaskSystem;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Runs tasks; how many at a time is its mailbox's to say. Safe from any thread. */
public final class HostedTasks implements TaskSystem {
    private final Marshaller marshaller;
    private final TaskContext context;

    /**
     * @param marshaller reads tasks that come encoded
     * @param context what tasks see as theirs
     */
    public HostedTasks(final Marshaller marshaller, final TaskContext context) {
        this.marshaller = marshaller;
        this.context = context;
    }

    /** A task can't be read: Outrider's failure, not the task's. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final OutriderException reason;

        Unreadable(final OutriderException reason) {
            super(reason);
            this.reason = reason;
        }

        OutriderException reason() {
            return reason;
        }
    }

    @Override
    public @Nullable Object run(final RemoteCallable<?> task) throws Exception {
        return context.run(task);
    }

    @Override
    public @Nullable Object runEncoded(final byte[] task) throws Exception {
        return context.run(decode(task));
    }

    private RemoteCallable<?> decode(final byte[] task) {
        try {
            final ValueReader reader = new ValueReader(marshaller);
            reader.wrap(new UnsafeBuffer(task), 0, task.length);
            if (reader.getObject() instanceof RemoteCallable<?> callable) {
                return callable;
            }
        } catch (final OutriderException unreadable) {
            throw new Unreadable(unreadable);
        }
        throw new IllegalArgumentException("what was sent to be run is no task");
    }
}
