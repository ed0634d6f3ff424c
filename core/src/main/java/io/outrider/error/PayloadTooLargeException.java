package io.outrider.error;

/** A value is larger than the configured maximum; nothing was sent and the link goes on. */
public final class PayloadTooLargeException extends OutriderException {
    private static final long serialVersionUID = 1L;

    private final long bytes;
    private final long maxBytes;

    /**
     * @param what what was too large, for the message
     * @param bytes its size, at least, in bytes
     * @param maxBytes the most that is allowed, in bytes
     */
    public PayloadTooLargeException(final String what, final long bytes, final long maxBytes) {
        this(what, bytes, maxBytes, "maxPayloadBytes");
    }

    /**
     * @param what what was too large, for the message
     * @param bytes its size, at least, in bytes
     * @param maxBytes the most that is allowed, in bytes
     * @param setting the setting that allows more
     */
    public PayloadTooLargeException(final String what, final long bytes, final long maxBytes, final String setting) {
        super(
                ErrorCode.TOO_LARGE,
                what + " of " + bytes + " bytes is larger than the configured maximum of " + maxBytes
                        + " bytes: send less, or raise " + setting,
                null);
        this.bytes = bytes;
        this.maxBytes = maxBytes;
    }

    /**
     * The size that was asked for.
     *
     * @return bytes; a lower bound where encoding stopped at the limit
     */
    public long bytes() {
        return bytes;
    }

    /**
     * The most that is allowed.
     *
     * @return bytes
     */
    public long maxBytes() {
        return maxBytes;
    }
}
