package io.outrider.protocol.control;

import io.outrider.config.SerializerConfig;
import io.outrider.config.WaitStrategy;
import io.outrider.transport.LinkSpec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes over a control connection after the {@link Hello}: a closed list. Immutable, safe from any thread. */
public sealed interface ControlMessage {
    /**
     * From the launcher: all that a worker needs to begin.
     *
     * @param link to open on the worker's side
     * @param limits how to wait and how much to take
     * @param vocabulary what must be the same on both sides
     * @param initializer to run first, as the marshaller wrote it, or null
     */
    record Welcome(
            LinkSpec link,
            Limits limits,
            Vocabulary vocabulary,
            @Nullable ByteBuffer initializer) implements ControlMessage {}

    /**
     * How a worker waits, how much it takes and where it runs.
     *
     * @param waitStrategy as configured
     * @param maxPayloadBytes as configured
     * @param maxInFlight as configured
     * @param orphanGraceMs how long running calls may still take when the launcher has died, in milliseconds
     * @param processor where the worker's leader is pinned, from 0, or less for nowhere
     * @param backPressureMs how long to wait for a block of the arena, in milliseconds; less than 0 for as long as it takes
     * @param streamWindow how many values of a stream that a call yields may be on their way, from its beginning on
     * @param streamWindowBytes how many bytes of them
     */
    record Limits(
            WaitStrategy waitStrategy,
            int maxPayloadBytes,
            int maxInFlight,
            int orphanGraceMs,
            int processor,
            long backPressureMs,
            int streamWindow,
            int streamWindowBytes) {}

    /**
     * What must be the same on both sides, by digest.
     *
     * @param strictTypes the binary names of the only classes that may cross beside the built-in ones, or null for any
     * @param typesDigest of the launcher's marshaller
     * @param serializer of object graphs
     * @param contracts name of each contract known at start, and its digest
     */
    record Vocabulary(
            @Nullable List<String> strictTypes,
            long typesDigest,
            SerializerConfig serializer,
            Map<String, Long> contracts) {
        /** Copies the collections. */
        public Vocabulary {
            strictTypes = strictTypes == null ? null : List.copyOf(strictTypes);
            contracts = Map.copyOf(contracts);
        }
    }

    /**
     * From the worker: the two sides do not fit. Its layout never changes, so that versions can say so to each other.
     *
     * @param reason what does not fit
     * @param text names both values
     */
    record Refused(Reason reason, String text) implements ControlMessage {
        /** What does not fit. */
        public enum Reason {
            /** The versions of the control link. */
            PROTOCOL,
            /** A contract, or the types that may cross. */
            CONTRACT,
            /** Something else that was asked for and is not there, such as a transport. */
            CONFIGURATION
        }
    }

    /**
     * From the worker: it takes calls.
     *
     * @param javaVersion that it runs on
     */
    record Ready(String javaVersion) implements ControlMessage {}

    /**
     * From the worker: it could not begin.
     *
     * @param summary in one line
     * @param failure what was thrown, as the marshaller wrote it; empty where it could not
     */
    record Failed(String summary, ByteBuffer failure) implements ControlMessage {}

    /**
     * From the launcher: finish what has begun, then exit.
     *
     * @param drainMs how long that may take, in milliseconds
     */
    record Shutdown(long drainMs) implements ControlMessage {}

    /**
     * From the launcher, right after the welcome: by what a worker knows those that may attach to it.
     *
     * @param own lets attach to this worker alone
     * @param shared lets attach to every worker of the launcher, and of whoever launched it
     */
    record Trust(SecretToken own, SecretToken shared) implements ControlMessage {}

    /**
     * From a worker to a client that has attached; the welcome follows.
     *
     * @param client its number in this worker, from 1
     * @param workerId of the worker
     * @param incarnation which process of that worker it is, from 1
     * @param pid of the worker
     */
    record Admitted(int client, int workerId, int incarnation, long pid) implements ControlMessage {}
}
