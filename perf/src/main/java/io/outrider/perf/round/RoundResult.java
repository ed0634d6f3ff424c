package io.outrider.perf.round;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Properties;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * What one contender did in one round; crosses from the caller's JVM as a small text file.
 *
 * @param nanos of each call
 * @param bytesPerOpCaller allocated by all threads of the caller's JVM, for each call
 * @param bytesPerOpWorker allocated by all threads of the far side's JVM, for each call
 */
public record RoundResult(Histogram nanos, double bytesPerOpCaller, double bytesPerOpWorker) {
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final String NANOS = "nanos";
    private static final String CALLER = "bytesPerOpCaller";
    private static final String WORKER = "bytesPerOpWorker";

    /**
     * Makes a histogram of samples.
     *
     * @param samples in nanoseconds
     * @param count how many of them
     * @return the histogram
     */
    public static Histogram histogram(final long[] samples, final int count) {
        final Histogram histogram = new Histogram(SIGNIFICANT_DIGITS);
        for (int i = 0; i < count; i++) {
            histogram.recordValue(Math.max(0, samples[i]));
        }
        return histogram;
    }

    /**
     * Writes the result.
     *
     * @param file to write
     * @throws IOException if that fails
     */
    public void write(final Path file) throws IOException {
        final ByteBuffer encoded = ByteBuffer.allocate(nanos.getNeededByteBufferCapacity());
        final int length = nanos.encodeIntoCompressedByteBuffer(encoded);
        final byte[] bytes = new byte[length];
        encoded.flip().get(bytes);
        final Properties properties = new Properties();
        properties.setProperty(NANOS, Base64.getEncoder().encodeToString(bytes));
        properties.setProperty(CALLER, Double.toString(bytesPerOpCaller));
        properties.setProperty(WORKER, Double.toString(bytesPerOpWorker));
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            properties.store(writer, null);
        }
    }

    /**
     * Reads a result.
     *
     * @param file that was written
     * @return the result
     * @throws IOException if that fails
     */
    public static RoundResult read(final Path file) throws IOException {
        final Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        try {
            final ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(properties.getProperty(NANOS)));
            return new RoundResult(
                    Histogram.decodeFromCompressedByteBuffer(bytes, 0),
                    Double.parseDouble(properties.getProperty(CALLER)),
                    Double.parseDouble(properties.getProperty(WORKER)));
        } catch (final DataFormatException e) {
            throw new IOException(file + " holds no histogram", e);
        }
    }
}
