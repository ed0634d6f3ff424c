package io.outrider.marshal.remote;

import io.outrider.error.SerializationException;

/** Turns stubs into references and back, for a marshaller that knows neither workers nor links. Safe from any thread. */
public interface RemoteReferences {
    /** For processes that have no workers: refuses both. */
    RemoteReferences NONE = new RemoteReferences() {
        @Override
        public RemoteReference leave(final Referable stub, final String addressee) {
            throw new SerializationException(stub + " can't be sent: this process has no workers");
        }

        @Override
        public Object arrive(final RemoteReference reference) {
            throw new SerializationException(reference + " can't be received: this process has no workers");
        }
    };

    /**
     * Has the object kept while a reference to it is on its way. May block for a call to its worker.
     *
     * @param stub of the object
     * @param addressee to whom, as {@link io.outrider.marshal.block.OutgoingBlocks#addressee()} says
     * @return the reference, to be read once
     */
    RemoteReference leave(Referable stub, String addressee);

    /**
     * Takes a reference in.
     *
     * @param reference that was read
     * @return a stub, or the object itself if it lives here
     */
    Object arrive(RemoteReference reference);
}
