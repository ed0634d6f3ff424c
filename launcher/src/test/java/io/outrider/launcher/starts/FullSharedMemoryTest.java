package io.outrider.launcher.starts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.outrider.api.RemoteExecutor;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.StorageException;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.launcher.support.Threads;
import io.outrider.testkit.LeavesNothingBehind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file system that is too small for the lanes is told before the first call, with what is needed and what there is. */
@Timeout(60)
@ExtendWith(LeavesNothingBehind.class)
class FullSharedMemoryTest {
    private static final int MB = 1024 * 1024;

    private Path root;

    @BeforeEach
    void mount() throws Exception {
        root = Files.createTempDirectory(Path.of("/tmp"), "outrider-small-");
        if (run("mount", "-t", "tmpfs", "-o", "size=" + 8 * MB, "tmpfs", root.toString()) != 0) {
            Files.delete(root);
            root = null;
            assumeTrue(false, "skipped: this user may not mount a tmpfs here");
        }
    }

    @AfterEach
    void unmount() throws Exception {
        if (root != null) {
            assertEquals(0, run("umount", root.toString()), "nothing keeps it in use");
            Files.delete(root);
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private OutriderBuilder settings(String transport) {
        return SmallWorkers.on(transport).baseDirectory(root).startTimeout(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void isToldBeforeTheFirstCall(String transport) throws Exception {
        StorageException full = assertThrows(
                StorageException.class,
                () -> SmallWorkers.open(settings(transport).laneBytes(16 * MB)).close());
        List<Long> sizes = numbers(full.getMessage());
        assertTrue(sizes.stream().anyMatch(size -> size >= 16L * MB), () -> "what is needed: " + full.getMessage());
        assertTrue(
                sizes.stream().anyMatch(size -> size > 0 && size <= 8L * MB),
                () -> "what there is: " + full.getMessage());
        assertTrue(full.getMessage().contains(root.toString()), full::getMessage);
        assertEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void isToldForAllWorkersTogether(String transport) throws Exception {
        assertThrows(
                StorageException.class,
                () -> SmallWorkers.open(settings(transport).laneBytes(MB).workers(8))
                        .close());
        assertEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"queue", "ring"})
    void isEnoughForALittle(String transport) throws Exception {
        try (RemoteExecutor workers = SmallWorkers.open(settings(transport).laneBytes(64 * 1024))) {
            assertEquals(Integer.valueOf(3), Threads.get(workers.submit(() -> 1 + 2), Duration.ofSeconds(20)));
        }
        assertEmpty();
    }

    private void assertEmpty() throws IOException {
        try (Stream<Path> left = Files.list(root)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private static List<Long> numbers(String text) {
        return Stream.of(text.split("\\D+"))
                .filter(word -> !word.isEmpty() && word.length() < 18)
                .map(Long::valueOf)
                .toList();
    }
}
