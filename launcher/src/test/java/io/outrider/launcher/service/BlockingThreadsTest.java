package io.outrider.launcher.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of the jar with a version for Java 21, this JVM takes the one that it should. */
@Timeout(30)
class BlockingThreadsTest {
    private static final String NAME = "io/outrider/launcher/service/BlockingThreads.class";
    private static final String NEWER = "META-INF/versions/21/";
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    @TempDir
    Path directory;

    @Test
    void virtualThreadsWhereThereAreSuch() throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar().toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Class<?> loaded = loader.loadClass(BlockingThreads.class.getName());
            assertNotSame(BlockingThreads.class, loaded);
            Thread thread = threadOf(loaded);
            assertEquals("outrider-test", thread.getName());
            assertTrue(thread.isDaemon());
            int version = Runtime.version().feature();
            assertEquals(version >= FIRST_WITH_VIRTUAL_THREADS, isVirtual(thread), "on Java " + version);
        }
    }

    private static Thread threadOf(Class<?> threads) throws Exception {
        Method named = threads.getDeclaredMethod("named", String.class);
        named.setAccessible(true);
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        ((Executor) named.invoke(null, "outrider-test")).execute(() -> ran.complete(Thread.currentThread()));
        return ran.get(20, TimeUnit.SECONDS);
    }

    /** What {@code Thread.isVirtual} says, where there is such a method. */
    private static boolean isVirtual(Thread thread) {
        return "java.lang.VirtualThread".equals(thread.getClass().getName());
    }

    /** As the build packs it: from the same directory, and with the same line in the manifest. */
    private Path jar() throws Exception {
        Path classes = Path.of(BlockingThreads.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path pom = Path.of("pom.xml");
        assertTrue(Files.readString(pom).contains("<Multi-Release>true</Multi-Release>"), pom::toString);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        Path jar = directory.resolve("launcher.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            pack(out, classes, NAME);
            pack(out, classes, NEWER + NAME);
        }
        return jar;
    }

    private static void pack(JarOutputStream out, Path classes, String name) throws IOException {
        out.putNextEntry(new JarEntry(name));
        Files.copy(classes.resolve(name), out);
        out.closeEntry();
    }
}
