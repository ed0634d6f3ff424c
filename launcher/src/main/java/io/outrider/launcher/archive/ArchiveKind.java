package io.outrider.launcher.archive;

import io.outrider.launcher.jvm.ChildJava;
import java.nio.file.Path;
import java.util.List;

/** What kind of archive a JVM can make at its exit and map at its start. Immutable, safe from any thread. */
enum ArchiveKind {
    /** A dynamic archive on top of the JDK's own, JEP 350. */
    DYNAMIC(".jsa", "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile=", "cds"),
    /** A cache of loaded and linked classes, JEP 514; without the profiles of JEP 515, see {@link #makeFlags}. */
    AOT_CACHE(".aot", "-XX:AOTCacheOutput=", "-XX:AOTCache=", "aot");

    /** The first version that makes the cache in one step. */
    private static final int HAS_AOT_CACHE = 25;

    private final String suffix;
    private final String makeFlag;
    private final String useFlag;
    private final String logTag;

    ArchiveKind(final String suffix, final String makeFlag, final String useFlag, final String logTag) {
        this.suffix = suffix;
        this.makeFlag = makeFlag;
        this.useFlag = useFlag;
        this.logTag = logTag;
    }

    static ArchiveKind of(final ChildJava java) {
        return java.feature() >= HAS_AOT_CACHE ? AOT_CACHE : DYNAMIC;
    }

    String suffix() {
        return suffix;
    }

    /**
     * Flags for the JVM that makes it. What it says about classes that it leaves out is of no interest to anybody. With profiles in it a worker would compile
     * much of what it runs once, and beside a launcher that starts, too.
     */
    List<String> makeFlags(final Path file) {
        return List.of(
                "-Xlog:disable",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+IgnoreUnrecognizedVMOptions", // the next one is not known before 25, and may not be for ever
                "-XX:-AOTRecordTraining",
                makeFlag + file);
    }

    /** Flags for the JVMs that use it. One that does not fit is passed over in silence, as if there were none. */
    List<String> useFlags(final Path file) {
        return List.of(useFlag + file, "-Xlog:" + logTag + "*=off");
    }
}
