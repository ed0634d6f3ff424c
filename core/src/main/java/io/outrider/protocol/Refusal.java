package io.outrider.protocol;

import io.outrider.error.AuthenticationException;
import io.outrider.error.BackPressureException;
import io.outrider.error.CallRejectedException;
import io.outrider.error.CallTimeoutException;
import io.outrider.error.ClosedException;
import io.outrider.error.ContractException;
import io.outrider.error.ErrorCode;
import io.outrider.error.OutriderException;
import io.outrider.error.PayloadTooLargeException;
import io.outrider.error.ProtocolException;
import io.outrider.error.SerializationException;
import io.outrider.error.StorageException;
import io.outrider.marshal.ValueReader;
import io.outrider.marshal.ValueWriter;
import java.util.Arrays;

/**
 * Why a worker did not run a method, or can't send its result: the body of a {@link FrameDescriptor#REFUSED} frame.
 *
 * @param code the reason
 * @param message what to tell the caller
 * @param bytes for {@link ErrorCode#TOO_LARGE} the size, otherwise 0
 * @param maxBytes for {@link ErrorCode#TOO_LARGE} the limit, otherwise 0
 */
public record Refusal(ErrorCode code, String message, long bytes, long maxBytes) {
    /** The refusal that stands for a failure of the worker's own. */
    public static Refusal of(final OutriderException failure) {
        return failure instanceof PayloadTooLargeException tooLarge
                ? new Refusal(failure.code(), "the result", tooLarge.bytes(), tooLarge.maxBytes())
                : new Refusal(failure.code(), String.valueOf(failure.getMessage()), 0, 0);
    }

    /** Writes the body. */
    public void write(final ValueWriter writer) {
        writer.putInt(code.number());
        writer.putLong(bytes);
        writer.putLong(maxBytes);
        writer.putString(message);
    }

    /** Reads the body. */
    public static Refusal read(final ValueReader reader) {
        final int number = reader.getInt();
        final ErrorCode code = Arrays.stream(ErrorCode.values())
                .filter(each -> each.number() == number)
                .findFirst()
                .orElseThrow(() -> new ProtocolException("a refusal has the unknown error code " + number));
        final long bytes = reader.getLong();
        final long maxBytes = reader.getLong();
        return new Refusal(code, String.valueOf(reader.getString()), bytes, maxBytes);
    }

    /** The exception that the caller gets; or, below zero, that a worker gets whose caller could not send it a value. */
    public OutriderException toException(final int workerId) {
        final String text = workerId < 0 ? message : "worker " + workerId + " refused the call: " + message;
        return switch (code) {
            case TOO_LARGE -> new PayloadTooLargeException(message, bytes, maxBytes);
            case SERIALIZATION -> new SerializationException(text);
            case CONTRACT -> new ContractException(text);
            case CLOSED -> new ClosedException(text);
            case BACK_PRESSURE -> new BackPressureException(text);
            case STORAGE -> new StorageException(text);
            case AUTHENTICATION -> new AuthenticationException(text);
            case PROTOCOL -> new ProtocolException(text);
            case TIMEOUT -> new CallTimeoutException(text);
            case REJECTED, REMOTE, WORKER_DIED, START_FAILED, CONFIGURATION, INTERRUPTED ->
                new CallRejectedException(text);
        };
    }
}
