package io.outrider.launcher.session;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Deletes directories with all that is in them. Stateless, safe from any thread; others may delete the same at the same time. */
public final class Trees {
    private static final int ATTEMPTS = 3;

    private Trees() {}

    /**
     * Deletes a directory and what is in it; follows no link out of it.
     *
     * @param root to delete; need not exist
     * @throws IOException if something stays
     */
    public static void delete(final Path root) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.walkFileTree(root, new Deletion());
                return;
            } catch (final NoSuchFileException gone) {
                // Another one deletes too, or nothing is there.
                if (Files.notExists(root)) {
                    return;
                }
                giveUpAfter(attempt, gone);
            } catch (final DirectoryNotEmptyException grown) {
                // A process that is just ending wrote once more.
                giveUpAfter(attempt, grown);
            }
        }
    }

    private static void giveUpAfter(final int attempt, final IOException e) throws IOException {
        if (attempt == ATTEMPTS) {
            throw e;
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(final Path directory, final @Nullable IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
