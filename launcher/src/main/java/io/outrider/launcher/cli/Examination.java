package io.outrider.launcher.cli;

import io.outrider.config.LinkConfig;
import io.outrider.config.OutriderConfig;
import io.outrider.error.OutriderException;
import io.outrider.launcher.jvm.JvmFlags;
import io.outrider.launcher.jvm.LauncherProperties;
import io.outrider.launcher.jvm.Platform;
import io.outrider.launcher.session.SessionSweep;
import io.outrider.launcher.session.UserDirectory;
import io.outrider.transport.LinkSpec;
import io.outrider.transport.TransportProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the doctor looks at; each method is one thing. For one thread; blocks on file operations only. */
final class Examination {
    private static final long MIB = 1024 * 1024;
    private static final int NEWEST_TESTED = 25;
    private static final int BUSY_PARTIES = 2;
    private static final Path QUOTA = Path.of("/sys/fs/cgroup/cpu.max");

    private final OutriderConfig config;
    private final boolean sweep;

    /**
     * @param config whose needs are looked at
     * @param sweep whether to delete what dead launchers left
     */
    Examination(final OutriderConfig config, final boolean sweep) {
        this.config = config;
        this.sweep = sweep;
    }

    List<Finding> findings() {
        final List<Finding> findings = new ArrayList<>();
        findings.add(platform());
        findings.add(java());
        findings.addAll(flags());
        findings.add(processors());
        findings.addAll(transportsAndMemory());
        findings.add(sessions());
        return findings;
    }

    private static Finding platform() {
        final String system = LauncherProperties.operatingSystem() + " " + LauncherProperties.architecture();
        try {
            Platform.require();
        } catch (final OutriderException e) {
            return Finding.fail("system: " + system, String.valueOf(e.getMessage()));
        }
        return LauncherProperties.operatingSystem().equals("Linux")
                ? Finding.ok("system: " + system)
                : Finding.warn("system: " + system, "only Linux is tested; expect that it works, and report if not");
    }

    private static Finding java() {
        final String java = "java: " + LauncherProperties.javaRuntime() + " in " + LauncherProperties.javaHome();
        return Runtime.version().feature() > NEWEST_TESTED
                ? Finding.warn(java, "tested up to Java " + NEWEST_TESTED + "; run with that if something fails")
                : Finding.ok(java);
    }

    private static List<Finding> flags() {
        final JvmFlags flags = JvmFlags.ofThisJvm();
        final Set<String> missing = new TreeSet<>();
        missing.addAll(flags.missing("queue"));
        final List<Finding> findings = new ArrayList<>();
        for (final String flag : missing) {
            findings.add(Finding.fail("flags: this JVM lacks " + flag, "start it with java @outrider.jvmargs ..."));
        }
        for (final String flag : flags.missingButOptional()) {
            findings.add(Finding.warn(
                    "flags: this JVM lacks " + flag, "it works without; java @outrider.jvmargs ... has them all"));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok("flags: all there"));
        }
        return findings;
    }

    private static Finding processors() {
        final int processors = Runtime.getRuntime().availableProcessors();
        final String quota = quota();
        final String what = "processors: " + processors + " for this process"
                + (quota == null ? "" : ", cgroup quota " + quota + " (microseconds of each period)");
        return processors < BUSY_PARTIES
                ? Finding.warn(what, "launcher and worker take turns: do not configure the wait strategy SPIN")
                : Finding.ok(what);
    }

    private static @Nullable String quota() {
        try {
            final String quota = Files.readString(QUOTA).strip();
            return quota.startsWith("max") ? null : quota;
        } catch (final IOException noCgroup) {
            return null;
        }
    }

    private List<Finding> transportsAndMemory() {
        final List<Finding> findings = new ArrayList<>();
        final List<TransportProvider> transports =
                ServiceLoader.load(TransportProvider.class, Examination.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        if (transports.isEmpty()) {
            findings.add(Finding.fail(
                    "transports: none", "outrider-ipc is not on the class path: add it, or build the project again"));
        } else {
            findings.add(Finding.ok("transports: "
                    + String.join(
                            ", ",
                            transports.stream()
                                    .map(TransportProvider::name)
                                    .sorted()
                                    .toList())));
        }
        try {
            final Path base = UserDirectory.base(config.baseDirectory());
            final long free = Files.getFileStore(base).getUsableSpace();
            for (final TransportProvider transport : transports) {
                findings.add(memory(base, free, transport));
            }
        } catch (final IOException | OutriderException e) {
            findings.add(Finding.fail("shared memory: " + e.getMessage(), "set baseDirectory to one that exists"));
        }
        return findings;
    }

    private Finding memory(final Path base, final long free, final TransportProvider transport) {
        final LinkConfig link = config.link();
        final LinkSpec spec =
                new LinkSpec(transport.name(), base, link.laneBytes(), link.maxFrameBytes(), link.arenaBytes());
        final long perWorker = transport.requiredBytes(spec);
        final long needed = perWorker * config.workers();
        final String what = "shared memory: " + free / MIB + " MiB free in " + base + "; " + transport.name()
                + " takes " + roundUp(perWorker) + " MiB for each worker from the start, large payloads up to "
                + roundUp(2 * link.arenaBytes()) + " MiB more while they are under way";
        return needed > free
                ? Finding.fail(
                        what,
                        "free " + roundUp(needed - free) + " MiB, set a smaller laneBytes, or set baseDirectory to a"
                                + " larger file system; in a container give more with --shm-size")
                : Finding.ok(what);
    }

    private static long roundUp(final long bytes) {
        return (bytes + MIB - 1) / MIB;
    }

    private Finding sessions() {
        try {
            final SessionSweep sessions = SessionSweep.under(config.baseDirectory());
            final List<Path> dead = sessions.dead();
            if (dead.isEmpty()) {
                return Finding.ok("sessions: none is left over");
            }
            if (sweep) {
                return Finding.ok("sessions: deleted " + sessions.run() + " that dead launchers left");
            }
            return Finding.warn(
                    "sessions: " + dead.size() + " left over from dead launchers, such as " + dead.get(0),
                    "the next launcher deletes them, and so does outrider doctor --sweep");
        } catch (final OutriderException e) {
            return Finding.fail("sessions: " + e.getMessage(), "see there");
        }
    }
}
