package io.outrider.launcher.serializers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.outrider.actor.Actor;
import io.outrider.actor.ActorSecret;
import io.outrider.actor.Actors;
import io.outrider.actor.ConnectOptions;
import io.outrider.api.RemoteObject;
import io.outrider.config.OutriderBuilder;
import io.outrider.error.ConfigurationException;
import io.outrider.error.OutriderException;
import io.outrider.error.RemoteCallException;
import io.outrider.launcher.serializers.Archive.Counter;
import io.outrider.launcher.support.ClassPaths;
import io.outrider.launcher.support.OnBothTransports;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which serializer a link has, and that both of its ends know it. The shared workers have one of a user's own. */
@Timeout(60)
class SerializersTest extends OnBothTransports {
    @TempDir
    private Path directory;

    @Override
    protected OutriderBuilder configure(OutriderBuilder builder) {
        return builder.serializer("deflated");
    }

    @Test
    void aSerializerOfTheUsersOwnCarriesGraphs() {
        try (RemoteObject<Archive> archive = workers().create(Archive.class, Shelves::new)) {
            int before = archive.stub().graphsWritten();
            assertEquals(List.of("x", 1), archive.stub().echo(List.of("x", 1)));
            assertEquals(before + 1, archive.stub().graphsWritten(), "numbers and strings take the shorter way");
            Counter counter = archive.stub().counter();
            assertEquals(1, archive.stub().addAll(Map.of("all", List.of(counter))));
            assertEquals(2, archive.stub().held().counters().get(0).add(1));
            assertTrue(archive.stub().same(counter, counter), "a stub alone needs nothing of its serializer");
        }
    }

    /** Its streams read in blocks of 512 bytes: what ends just behind one must be read to the end, too. */
    @Test
    void graphsOfAllSizesAreReadToTheirEnd() {
        Random random = new Random(7);
        try (RemoteObject<Archive> archive = workers().create(Archive.class, Shelves::new)) {
            for (int bytes = 300; bytes < 1200; bytes++) {
                byte[] incompressible = new byte[bytes];
                random.nextBytes(incompressible);
                List<?> back = (List<?>) archive.stub().echo(List.of(incompressible));
                assertArrayEquals(incompressible, (byte[]) back.get(0));
            }
        }
    }

    @Test
    void whoAttachesMustNameTheSameAndReferencesTakeTheirWorkers() throws Exception {
        try (Actor<Archive> actor = Actors.start(
                        settings().archive(false).serializer("java").conclude(), Archive.class, Shelves::new);
                RemoteObject<Archive> here = workers().create(Archive.class, Shelves::new)) {
            ConfigurationException known = assertThrows(
                    ConfigurationException.class,
                    () -> Actors.connect(
                            Archive.class, actor.address(), actor.secret(), ConnectOptions.DEFAULT.serializer("kryo")));
            assertDifferent(known);
            String address = actor.address();
            byte[] secret = actor.secret().toBytes();
            ExecutionException refused = assertThrows(
                    ExecutionException.class,
                    () -> workers()
                            .submit(() -> attach(address, secret, "kryo"))
                            .get());
            RemoteCallException failure = assertInstanceOf(RemoteCallException.class, refused.getCause());
            assertDifferent((ConfigurationException) failure.getCause());
            assertEquals(
                    "[n]",
                    workers().submit(() -> attach(address, secret, "java")).get());
            assertEquals(List.of(1), actor.stub().echo(List.of(1)), "the actor goes on");

            Archive there = actor.stub();
            Counter counter = there.counter();
            assertEquals(1, here.stub().addAll(Map.of("all", List.of(counter))));
            assertEquals(2, there.addAll(Map.of("all", List.of(counter))));
            assertEquals(
                    "[n]", here.stub().apply(text -> there.echo(List.of(text)).toString(), "n"));
        }
    }

    private static String attach(String address, byte[] secret, String serializer) {
        try (Actor<Archive> actor = Actors.connect(
                Archive.class, address, ActorSecret.of(secret), ConnectOptions.DEFAULT.serializer(serializer))) {
            return actor.stub().echo(List.of("n")).toString();
        }
    }

    private static void assertDifferent(ConfigurationException failure) {
        assertTrue(failure.getMessage().contains("has the serializer java, this side names kryo"), failure::getMessage);
    }

    @Test
    void anUnknownNameIsRefusedAtOnceNamingWhatThereIs() {
        ConfigurationException failure = assertThrows(
                ConfigurationException.class,
                () -> settings().serializer("yaml").conclude());
        assertTrue(
                failure.getMessage()
                        .contains("yaml is not on the class path of this process, which has deflated, java, kryo"),
                failure::getMessage);
        ConfigurationException filter = assertThrows(
                ConfigurationException.class,
                () -> settings().serialFilter("a.*").conclude());
        assertTrue(filter.getMessage().contains("the serializer kryo has none"), filter::getMessage);
        ConfigurationException pattern = assertThrows(
                ConfigurationException.class,
                () -> settings().serializer("java").serialFilter("maxdepth=x").conclude());
        assertTrue(pattern.getMessage().contains("maxdepth=x"), pattern::getMessage);
    }

    @Test
    void aWorkerThatLacksTheSerializerSaysSo() throws Exception {
        ClassPaths.compile(directory, "far.FarProvider", """
                package far;
                import io.outrider.api.serializer.*;
                public final class FarProvider implements SerializerProvider {
                    public String name() { return "far"; }
                    public Serializer newSerializer(SerializerContext context) {
                        return new Serializer() {
                            public void write(Object root, java.io.OutputStream out) {}
                            public Object read(java.io.InputStream in) { return null; }
                        };
                    }
                }
                """);
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve("io.outrider.api.serializer.SerializerProvider"), "far.FarProvider");
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader here =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(here);
            OutriderException failure = assertThrows(
                    OutriderException.class,
                    () -> open(settings().archive(false).serializer("far")));
            assertTrue(
                    failure.getMessage().contains("far is not on the class path of this process, which has"),
                    failure::getMessage);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
