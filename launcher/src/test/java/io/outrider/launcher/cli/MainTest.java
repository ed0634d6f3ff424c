package io.outrider.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.testkit.LeavesNothingBehind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@ExtendWith(LeavesNothingBehind.class)
final class MainTest {
    private final StringWriter out = new StringWriter();

    @Test
    void theDoctorIsContentHere(@TempDir final Path base) {
        assertEquals(0, run("doctor", "--base", base.toString()), out::toString);
        for (final String thing : new String[] {
            "system:",
            "java:",
            "flags:",
            "processors:",
            "transports: queue, ring",
            "shared memory:",
            "sessions:",
            "doctor: ok"
        }) {
            assertTrue(out.toString().contains(thing), out::toString);
        }
    }

    @Test
    void theDoctorFindsAndSweepsWhatIsLeft(@TempDir final Path base) throws IOException {
        final Path user = base.resolve("outrider-" + Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        Files.createDirectory(user, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        final Path dead = Files.createDirectories(user.resolve("999999999-1/0"));
        Files.createFile(dead.resolve("owner.lock"));
        assertEquals(0, run("doctor", "--base", base.toString()));
        assertTrue(out.toString().contains("warn  sessions: 1 left over"), out::toString);
        assertTrue(Files.exists(dead));
        assertEquals(0, run("doctor", "--sweep", "--base", base.toString()));
        assertTrue(out.toString().contains("deleted 1"), out::toString);
        assertFalse(Files.exists(dead));
    }

    @Test
    void theDoctorFailsWhereNothingCanBeKept(@TempDir final Path base) {
        assertEquals(1, run("doctor", "--base", base.resolve("none").toString()));
        assertTrue(out.toString().contains("fail  shared memory:"), out::toString);
    }

    @Test
    void aNumberThatIsNone(@TempDir final Path base) {
        assertEquals(2, run("doctor", "--workers", "many", "--base", base.toString()));
    }

    @Test
    void version() {
        assertEquals(0, run("version"));
        assertTrue(out.toString().startsWith("outrider "), out::toString);
    }

    @Test
    void help() {
        assertEquals(0, run("help"));
        assertTrue(out.toString().contains("doctor"), out::toString);
        assertEquals(0, run());
    }

    @Test
    void anUnknownCommandIsAnError() {
        assertEquals(2, run("nonsense"));
    }

    private int run(final String... args) {
        return new CommandLine(new Main())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute(args);
    }
}
