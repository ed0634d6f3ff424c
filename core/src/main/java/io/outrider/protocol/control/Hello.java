package io.outrider.protocol.control;

/**
 * The first thing that a peer says on a connection, beside its token. Immutable.
 *
 * @param protocolVersion of the control link that it speaks
 * @param role what the connection is for
 * @param workerId of the worker
 * @param incarnation which process of that worker it is, from 1
 * @param pid its process id
 */
public record Hello(int protocolVersion, Role role, int workerId, int incarnation, long pid) {
    /** What a connection is for. Codes are for ever; 3 is kept for a client that attaches. */
    public enum Role {
        /** Messages; its end of file is the notice of death. */
        CONTROL(1),
        /** Single bytes that wake a parked reader. */
        DOORBELL(2);

        private final int code;

        Role(final int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }
}
