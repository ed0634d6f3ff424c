package io.outrider.perf.probe.cost;

import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.fork.ForkedJvm;
import io.outrider.perf.fork.JavaCommand;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * From opening an executor with one worker, all else as it is unless told otherwise, to the first reply of an object: the very
 * first time, and with the archive of class data that was made then.
 */
record FirstReply(String transport) implements Probe {
    /** How the jars are called that only contenders and benchmarks need. */
    private static final List<String> OF_PEERS = List.of(
            "aeron-",
            "animal-sniffer-",
            "annotations-",
            "commons-math",
            "error_prone_",
            "failureaccess-",
            "grpc-",
            "gson-",
            "guava-",
            "j2objc-",
            "jmh-",
            "jopt-simple-",
            "jsr305-",
            "listenablefuture-",
            "perfmark-",
            "HdrHistogram-");

    @Override
    public String name() {
        return "outrider." + transport + ".start";
    }

    @Override
    public Group group() {
        return Group.STARTUP;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) throws IOException {
        final JavaCommand program = command(rig, transport).with(List.of("-cp", classPathOfUser()));
        final long first = makeArchive(rig, program);
        final String later;
        try (ForkedJvm jvm = ForkedJvm.start(program, rig.directory().resolve("later.log"))) {
            later = jvm.ask("");
        }
        return List.of(new Figure(name(), "ns", Long.parseLong(later)), new Figure(name() + ".first", "ns", first));
    }

    /** Where the archives of a round are: of its own, so that the user's are left as they are. */
    static Path archives(final Rig rig) {
        return rig.directory().resolve("archives");
    }

    /** Has the archive made, which would otherwise take a processor while something is measured; returns how long the start took. */
    static long makeArchive(final Rig rig, final String transport) throws IOException {
        return makeArchive(rig, command(rig, transport));
    }

    private static long makeArchive(final Rig rig, final JavaCommand program) throws IOException {
        try (ForkedJvm jvm = ForkedJvm.start(program, rig.directory().resolve("first.log"))) {
            final String first = jvm.ask("");
            jvm.expect(StartMain.ARCHIVED);
            return Long.parseLong(first);
        }
    }

    private static JavaCommand command(final Rig rig, final String transport) {
        return JavaCommand.of(
                StartMain.class,
                transport,
                rig.directory().toString(),
                archives(rig).toString());
    }

    /** What a user has: each jar of the class path is opened at a start, and the peers' are no part of it. */
    private static String classPathOfUser() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> {
                    final String name = new File(entry).getName();
                    return OF_PEERS.stream().noneMatch(name::startsWith);
                })
                .collect(Collectors.joining(File.pathSeparator));
    }
}
