package io.outrider.ipc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.outrider.testkit.TestLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A tmpfs of a few megabytes for one test, where the test may mount one; elsewhere the test is skipped. */
final class SmallFileSystem implements AutoCloseable {
    private final Path root;

    private SmallFileSystem(final Path root) {
        this.root = root;
    }

    static SmallFileSystem mount(final int bytes) throws IOException {
        final Path root = TestLink.newDirectory();
        Files.createDirectory(root);
        if (run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", root.toString()) != 0) {
            Files.delete(root);
            assumeTrue(false, "needs the right to mount a tmpfs");
        }
        return new SmallFileSystem(root);
    }

    Path root() {
        return root;
    }

    /** Takes all that is left, but for some. */
    Path fillUpTo(final long freeBytes) throws IOException {
        final Path ballast = root.resolve("ballast");
        final long size = root.toFile().getUsableSpace() - freeBytes;
        Files.write(ballast, new byte[(int) size]);
        return ballast;
    }

    @Override
    public void close() throws IOException {
        if (run("umount", root.toString()) != 0) {
            throw new IOException("could not unmount " + root);
        }
        Files.delete(root);
    }

    private static int run(final String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join()
                .exitValue();
    }
}
