package io.outrider.config;

import io.outrider.error.ConfigurationException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The settings of links, as a part of {@link OutriderBuilder}. */
abstract class LinkBuilder {
    private static final int DEFAULT_LANE_BYTES = 1024 * 1024;
    private static final int DEFAULT_MAX_PAYLOAD_BYTES = 128 * 1024 * 1024;
    private static final int DEFAULT_MAX_IN_FLIGHT = 1024;

    private String transport = "queue";
    private int laneBytes = DEFAULT_LANE_BYTES;
    private long arenaBytes;
    private int maxPayloadBytes = DEFAULT_MAX_PAYLOAD_BYTES;
    private int maxInFlight = DEFAULT_MAX_IN_FLIGHT;
    private WaitStrategy waitStrategy = WaitStrategy.ADAPTIVE;
    private Duration backPressureTimeout = Duration.ofSeconds(10);
    private @Nullable Duration callTimeout;
    private BackPressure backPressure = BackPressure.TIME_OUT;
    private OnStuck onStuck = OnStuck.LEAVE;
    private Duration stuckTimeout = Duration.ofSeconds(1);
    private boolean directCalls = true;
    private int streamWindow = LinkConfig.DEFAULT_STREAM_WINDOW;
    private int streamWindowBytes = LinkConfig.DEFAULT_STREAM_WINDOW_BYTES;

    LinkBuilder() {}

    /** The whole builder, unless it was concluded. */
    abstract OutriderBuilder open();

    /**
     * Chooses the transport.
     *
     * @param name {@code queue}, the default, {@code ring}, or the name of another provider on the class path
     * @return this
     */
    public OutriderBuilder transport(final String name) {
        final OutriderBuilder self = open();
        transport = name;
        return self;
    }

    /**
     * Sets the memory of one lane.
     *
     * @param bytes a power of two; 1 MiB by default. A frame may take an eighth of it
     * @return this
     */
    public OutriderBuilder laneBytes(final int bytes) {
        final OutriderBuilder self = open();
        laneBytes = bytes;
        return self;
    }

    /**
     * Sets the most that the arguments or the result of one call may take.
     *
     * @param bytes up to 1 GiB; 128 MiB by default
     * @return this
     */
    public OutriderBuilder maxPayloadBytes(final int bytes) {
        final OutriderBuilder self = open();
        maxPayloadBytes = bytes;
        return self;
    }

    /**
     * How much of the arena each side of a link can loan altogether; the largest {@link io.outrider.api.Loan} is that, and at
     * most 1 GiB. Memory is taken as it is used.
     *
     * @param bytes a power of two of at least {@code laneBytes}
     * @return this
     */
    public OutriderBuilder arenaBytes(final long bytes) {
        if (bytes <= 0) {
            throw new ConfigurationException("arenaBytes is " + bytes + ": it must be a power of two");
        }
        final OutriderBuilder self = open();
        arenaBytes = bytes;
        return self;
    }

    /**
     * Sets how many calls may wait for their outcome on one link: the outermost back pressure.
     *
     * @param calls from 1 to {@link LinkConfig#MAX_IN_FLIGHT}; 1024 by default
     * @return this
     */
    public OutriderBuilder maxInFlight(final int calls) {
        final OutriderBuilder self = open();
        maxInFlight = calls;
        return self;
    }

    /**
     * Chooses how both sides wait.
     *
     * @param strategy {@link WaitStrategy#ADAPTIVE} by default
     * @return this
     */
    public OutriderBuilder waitStrategy(final WaitStrategy strategy) {
        final OutriderBuilder self = open();
        waitStrategy = strategy;
        return self;
    }

    /**
     * Chooses what a caller does that finds no room.
     *
     * @param policy {@link BackPressure#TIME_OUT} by default
     * @return this
     */
    public OutriderBuilder backPressure(final BackPressure policy) {
        final OutriderBuilder self = open();
        backPressure = policy;
        return self;
    }

    /**
     * Chooses what becomes of a worker in which a method ignores that it was interrupted.
     *
     * @param policy {@link OnStuck#LEAVE} by default
     * @return this
     */
    public OutriderBuilder onStuck(final OnStuck policy) {
        final OutriderBuilder self = open();
        onStuck = policy;
        return self;
    }

    /**
     * Sets how long a method may ignore that it was interrupted, where {@link OnStuck#KILL} is chosen.
     *
     * @param timeout 1 s by default
     * @return this
     */
    public OutriderBuilder stuckTimeout(final Duration timeout) {
        final OutriderBuilder self = open();
        stuckTimeout = timeout;
        return self;
    }

    /**
     * Chooses whether a short call that is waited for may go beside the lanes; if not, each call is a frame of a lane.
     *
     * @param allowed true by default
     * @return this
     */
    public OutriderBuilder directCalls(final boolean allowed) {
        final OutriderBuilder self = open();
        directCalls = allowed;
        return self;
    }

    /**
     * Sets how long a caller waits for room.
     *
     * @param timeout 10 s by default
     * @return this
     */
    public OutriderBuilder backPressureTimeout(final Duration timeout) {
        final OutriderBuilder self = open();
        backPressureTimeout = timeout;
        return self;
    }

    /**
     * Sets how long a call may take: then the caller gets {@link io.outrider.error.CallTimeoutException}, and the method is
     * interrupted in its worker. Without it a caller waits for as long as the worker lives; a worker that dies ends the wait at once.
     *
     * @param timeout more than zero
     * @return this
     */
    public OutriderBuilder callTimeout(final Duration timeout) {
        final OutriderBuilder self = open();
        callTimeout = timeout;
        return self;
    }

    /**
     * Sets how far the writer of a stream may be ahead of its reader.
     *
     * @param values from 1; 4,096 by default
     * @return this
     */
    public OutriderBuilder streamWindow(final int values) {
        final OutriderBuilder self = open();
        streamWindow = values;
        return self;
    }

    /**
     * Sets how many bytes the writer of a stream may be ahead of its reader, loans and what else of its values is in the arena
     * included; one value more may be, whatever its size. So values larger than this come one at a time.
     *
     * @param bytes from 1; 256 KiB by default
     * @return this
     */
    public OutriderBuilder streamWindowBytes(final int bytes) {
        final OutriderBuilder self = open();
        streamWindowBytes = bytes;
        return self;
    }

    final LinkConfig link() {
        return new LinkConfig(
                transport,
                laneBytes,
                maxPayloadBytes,
                arenaBytes,
                maxInFlight,
                waitStrategy,
                backPressure,
                backPressureTimeout,
                callTimeout,
                onStuck,
                stuckTimeout,
                directCalls,
                streamWindow,
                streamWindowBytes);
    }
}
