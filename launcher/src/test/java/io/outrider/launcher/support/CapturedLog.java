package io.outrider.launcher.support;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What is logged until this is closed: by this process, and by its workers, whose words it logs as its own. */
public final class CapturedLog implements AutoCloseable {
    private final PrintStream passedOn = System.err;
    private final ByteArrayOutputStream captured = new ByteArrayOutputStream(); // guards itself

    public CapturedLog() {
        System.setErr(new PrintStream(new Tee(), true, StandardCharsets.UTF_8));
    }

    private final class Tee extends OutputStream {
        @Override
        public void write(int single) {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            captured.write(bytes, offset, length);
            passedOn.write(bytes, offset, length);
        }
    }

    /** Whether a line has all these parts, in this order. */
    public boolean has(String... parts) {
        return captured.toString(StandardCharsets.UTF_8).lines().anyMatch(line -> {
            int at = 0;
            for (String part : parts) {
                int found = line.indexOf(part, at);
                if (found < 0) {
                    return false;
                }
                at = found + part.length();
            }
            return true;
        });
    }

    @Override
    public void close() {
        System.setErr(passedOn);
    }
}
