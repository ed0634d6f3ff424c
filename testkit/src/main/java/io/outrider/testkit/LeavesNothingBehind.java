package io.outrider.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test after which more threads, child processes, files of Outrider in shared memory or mappings of them exist than
 * before it. What ends by itself has some seconds to do so. Use it by {@code @ExtendWith}, before other extensions and
 * outside of what the test itself cleans up; tests of one JVM must not run in parallel.
 */
public final class LeavesNothingBehind implements BeforeEachCallback, AfterEachCallback {
    /** The name with which tests begin the names of what they put into shared memory. */
    public static final String PREFIX =
            "outrider-test-" + ProcessHandle.current().pid() + "-";

    private static final File SHARED_MEMORY = new File("/dev/shm");
    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final List<String> THREADS_OF_THE_PROCESS = List.of(
            "background~resource~releaser", // Chronicle unmaps here; one for the process, never ends
            "process reaper", // the JDK's, one for the process, ends a minute after the last child
            "Common-Cleaner",
            "Attach Listener",
            "CompletableFutureDelayScheduler", // one for the process, behind every orTimeout
            "ForkJoinPool.commonPool-", // its delay scheduler too, since 25
            "junit-jupiter-timeout-watcher",
            "surefire-forkedjvm-");

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(LeavesNothingBehind.class);

    /** What a test could leave behind; each as a line for the message. */
    record Traces(Set<Thread> threads, Set<Long> children, Set<String> files, Set<String> mappings) {
        static Traces now() {
            return new Traces(threadsNow(), childrenNow(), filesNow(), mappingsNow());
        }

        Set<String> notIn(final Traces before) {
            final Set<String> left = new TreeSet<>();
            difference(threads, before.threads).forEach(thread -> left.add(describe(thread)));
            difference(children, before.children).forEach(pid -> left.add("process " + pid));
            difference(files, before.files).forEach(file -> left.add("file " + file));
            difference(mappings, before.mappings).forEach(file -> left.add("mapping of " + file));
            return left;
        }
    }

    /** For JUnit. */
    public LeavesNothingBehind() {}

    @Override
    public void beforeEach(final ExtensionContext context) {
        context.getStore(NAMESPACE).put(Traces.class, Traces.now());
    }

    @Override
    public void afterEach(final ExtensionContext context) {
        check(context.getDisplayName(), context.getStore(NAMESPACE).remove(Traces.class, Traces.class));
    }

    /** Waits until no more is there than before; fails if that does not happen in time. */
    static void check(final String name, final Traces before) {
        final Await await = new Await(GRACE);
        Set<String> left = Traces.now().notIn(before);
        while (!left.isEmpty()) {
            await.check(name + " leaves behind: " + left);
            Await.giveWay();
            left = Traces.now().notIn(before);
        }
    }

    private static Set<Thread> threadsNow() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> THREADS_OF_THE_PROCESS.stream()
                        .noneMatch(name -> thread.getName().startsWith(name)))
                .collect(Collectors.toSet());
    }

    private static Set<Long> childrenNow() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    /** Entries of this process only: others on the host run tests of their own. */
    private static Set<String> filesNow() {
        final String session = ProcessHandle.current().pid() + "-";
        final Set<String> found = new TreeSet<>();
        for (final File entry : list(SHARED_MEMORY)) {
            if (entry.getName().startsWith(PREFIX)) {
                found.add(entry.getPath());
            } else if (entry.getName().startsWith("outrider-")) {
                list(entry).stream()
                        .filter(child -> child.getName().startsWith(session))
                        .forEach(child -> found.add(child.getPath()));
            }
        }
        return found;
    }

    private static List<File> list(final File directory) {
        final File[] entries = directory.listFiles();
        return entries == null ? List.of() : List.of(entries);
    }

    private static Set<String> mappingsNow() {
        try (Stream<String> lines = Files.lines(MAPS)) {
            return lines.filter(line -> line.contains("/outrider-"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .collect(Collectors.toSet());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> Set<T> difference(final Set<T> now, final Set<T> before) {
        return now.stream().filter(each -> !before.contains(each)).collect(Collectors.toSet());
    }

    private static String describe(final Thread thread) {
        return "thread " + thread.getName() + " at " + Arrays.toString(thread.getStackTrace());
    }
}
