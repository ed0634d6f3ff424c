package io.outrider.launcher.process;

import io.outrider.telemetry.Log;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Takes the lines of one stream of a worker off its hands, on a daemon thread of its own that ends with the stream: a pipe
 * that nobody reads would stop the worker once it is full. Lines are cut at {@link #MAX_LINE_BYTES}. When the worker dies the
 * pump first delivers what was written.
 */
final class OutputPump {
    /** The most of one line that is kept, in bytes. */
    static final int MAX_LINE_BYTES = 8 * 1024;

    private static final Log LOG = Log.of(OutputPump.class);

    private final InputStream in;
    private final Consumer<String> sink;
    private final Runnable atEnd;
    private final CountDownLatch delivered = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param name of the thread
     * @param in the worker's stream
     * @param sink takes each line
     * @param atEnd runs on the pump's thread when all is delivered
     */
    OutputPump(final String name, final InputStream in, final Consumer<String> sink, final Runnable atEnd) {
        this.in = in;
        this.sink = sink;
        this.atEnd = atEnd;
        this.thread = new Thread(this::pump, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Waits until all is delivered. */
    void awaitEnd(final Duration timeout) {
        Waits.until(timeout, leftMs -> delivered.await(leftMs, TimeUnit.MILLISECONDS));
    }

    private void pump() {
        try (InputStream bytes = new BufferedInputStream(in)) {
            final ByteArrayOutputStream line = new ByteArrayOutputStream();
            int length = 0;
            for (int next = bytes.read(); next >= 0; next = bytes.read()) {
                if (next == '\n') {
                    deliver(line, length);
                    length = 0;
                } else if (length++ < MAX_LINE_BYTES) {
                    line.write(next);
                }
            }
            if (length > 0) {
                deliver(line, length);
            }
        } catch (final IOException e) {
            LOG.debug("the stream of {} ended: {}", thread.getName(), e.toString());
        } catch (final RuntimeException e) {
            LOG.error("{} ends, the worker's output is lost from here on", thread.getName(), e);
        } finally {
            delivered.countDown();
            atEnd.run();
        }
    }

    private void deliver(final ByteArrayOutputStream line, final int length) {
        final String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
        line.reset();
        sink.accept(length <= MAX_LINE_BYTES ? text : text + " ... (" + length + " bytes)");
    }
}
