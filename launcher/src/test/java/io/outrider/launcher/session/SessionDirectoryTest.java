package io.outrider.launcher.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.error.AuthenticationException;
import io.outrider.error.StorageException;
import io.outrider.testkit.LeavesNothingBehind;
import io.outrider.transport.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LeavesNothingBehind.class)
final class SessionDirectoryTest {
    @TempDir
    private Path base;

    @Test
    void theDirectoryIsPrivateAllTheWay() throws IOException {
        try (SessionDirectory session = SessionDirectory.create(base)) {
            final Path worker = session.makeWorkerDirectory(3, 1);
            for (Path each = worker; !each.equals(base.toRealPath()); each = each.getParent()) {
                assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(each)));
            }
            assertTrue(worker.getFileName().toString().startsWith("w3-1-"), worker::toString);
            assertNotEquals(worker, session.makeWorkerDirectory(3, 1), "an address is never given twice");
        }
        assertEquals(List.of(), left());
    }

    @Test
    void executorsOfOneLauncherHaveNumbersAndTheLastOneCleansUp() throws IOException {
        final SessionDirectory first = SessionDirectory.create(base);
        final SessionDirectory second = SessionDirectory.create(base);
        assertNotEquals(first.path(), second.path());
        assertEquals(first.path().getParent(), second.path().getParent());
        Files.writeString(second.path().resolve("file"), "x");
        first.close();
        assertTrue(Files.isDirectory(second.path()));
        second.close();
        second.close();
        assertEquals(List.of(), left());
    }

    @Test
    void racingExecutorsDoNotHarmEachOther() throws Exception {
        final ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            final List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                done.add(threads.submit(() -> {
                    for (int round = 0; round < 100; round++) {
                        try (SessionDirectory session = SessionDirectory.create(base)) {
                            Files.writeString(session.path().resolve("file"), "x");
                        }
                    }
                    return null;
                }));
            }
            for (final Future<?> each : done) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }
        assertEquals(List.of(), left());
    }

    @Test
    void aLinkInItsPlaceIsNotFollowed(@TempDir final Path elsewhere) throws IOException {
        final Path link = Files.createSymbolicLink(UserDirectory.of(base), elsewhere);
        refused("is a symbolic link");
        assertThrows(
                AuthenticationException.class, () -> SessionSweep.under(base).run());
        Files.delete(link);
    }

    @Test
    void anOpenOneIsNotTrusted() throws IOException {
        final Path open = Files.createDirectory(UserDirectory.of(base));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwx---"));
        refused("has the permissions rwxrwx---");
    }

    @Test
    void aFileInItsPlaceIsRefused() throws IOException {
        Files.createFile(UserDirectory.of(base));
        refused("is no directory");
    }

    @Test
    void noSuchBase() {
        final StorageException failure =
                assertThrows(StorageException.class, () -> SessionDirectory.create(base.resolve("none")));
        assertTrue(failure.getMessage().contains("none"), failure::getMessage);
    }

    @Test
    void theDeadAreSweptAndTheLivingAreNot() throws IOException {
        try (SessionDirectory living = SessionDirectory.create(base)) {
            final Path user = living.path().getParent().getParent();
            final ProcessIdentity self = ProcessIdentity.current();
            final Path samePidButEarlier = dead(user, new ProcessIdentity(self.pid(), self.start() - 1).toString());
            final Path gone = dead(user, new ProcessIdentity(999_999_999, 5).toString());
            final Path half = dead(user, "swept-1-1-1");
            final Path foreign = dead(user, "something-else");
            assertEquals(3, SessionSweep.under(base).dead().size());
            assertEquals(3, SessionSweep.under(base).run());
            assertFalse(Files.exists(samePidButEarlier));
            assertFalse(Files.exists(gone));
            assertFalse(Files.exists(half));
            assertTrue(Files.exists(foreign));
            assertTrue(Files.isDirectory(living.path()));
            assertEquals(0, SessionSweep.under(base).run());
            Trees.delete(foreign);
        }
        assertEquals(List.of(), left());
    }

    @Test
    void aSessionWhoseLockIsHeldLivesWhateverItsPid() throws IOException {
        final Path user = UserDirectory.open(base);
        final Path executor = Files.createDirectories(user.resolve("999999999-5/0"));
        try (OwnerLock lock = OwnerLock.take(executor)) {
            assertEquals(0, SessionSweep.under(base).run());
        }
        assertEquals(1, SessionSweep.under(base).run());
    }

    @Test
    void aSessionThatIsBeingMadeIsLeftAlone() throws IOException {
        final Path user = UserDirectory.open(base);
        final Path made = Files.createDirectories(user.resolve("999999999-5"));
        assertEquals(0, SessionSweep.under(base).run());
        Files.setLastModifiedTime(made, FileTime.from(Instant.now().minus(Duration.ofMinutes(5))));
        assertEquals(1, SessionSweep.under(base).run());
    }

    @Test
    void concurrentSweepersShareTheWork() throws Exception {
        final ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            final Path user = UserDirectory.open(base);
            for (int i = 0; i < 50; i++) {
                dead(user, (900_000_000 + i) + "-1");
            }
            final List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                counts.add(threads.submit(() -> SessionSweep.under(base).run()));
            }
            for (final Future<Integer> count : counts) {
                count.get();
            }
        } finally {
            threads.shutdown();
        }
        SessionSweep.under(base).run();
        assertEquals(List.of(), left());
    }

    @Test
    void aZombieIsDead() throws Exception {
        // The child waits until the shell has become "sleep", which never reaps it, and then ends.
        final Process parent = new ProcessBuilder(
                        "sh",
                        "-c",
                        "sh -c 'until [ \"$(cat /proc/$PPID/comm)\" = sleep ]; do :; done' & echo $!; exec sleep 60")
                .start();
        try {
            final long pid = Long.parseLong(parent.inputReader().readLine());
            while (Files.exists(Path.of("/proc/" + pid))
                    && !Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ")) {
                Thread.onSpinWait();
            }
            assertFalse(new ProcessIdentity(pid, startOf(pid)).isAlive());
            assertTrue(new ProcessIdentity(parent.pid(), startOf(parent.pid())).isAlive());
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }

    private static long startOf(final long pid) throws IOException {
        final String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19]);
    }

    private void refused(final String why) {
        final AuthenticationException failure =
                assertThrows(AuthenticationException.class, () -> SessionDirectory.create(base));
        assertTrue(failure.getMessage().contains(why), failure::getMessage);
    }

    private static Path dead(final Path user, final String name) throws IOException {
        final Path session = Files.createDirectories(user.resolve(name));
        final Path executor = Files.createDirectory(session.resolve("0"));
        Files.createFile(executor.resolve(OwnerLock.NAME));
        Files.createDirectories(executor.resolve("w0-1/link"));
        return session;
    }

    private List<Path> left() throws IOException {
        try (var entries = Files.list(base)) {
            return entries.toList();
        }
    }
}
