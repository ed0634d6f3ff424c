package io.outrider.launcher.streams;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a worker logs from the creation of this on. */
public interface WorkerLog {
    String text();

    /** In the worker, whose logger writes to stderr. */
    final class Copying implements WorkerLog {
        private final ByteArrayOutputStream copy = new ByteArrayOutputStream();

        public Copying() {
            PrintStream stderr = System.err;
            System.setErr(new PrintStream(
                    new OutputStream() {
                        @Override
                        public void write(int b) {
                            copy.write(b);
                            stderr.write(b);
                        }
                    },
                    true,
                    StandardCharsets.UTF_8));
        }

        @Override
        public String text() {
            return copy.toString(StandardCharsets.UTF_8);
        }
    }
}
