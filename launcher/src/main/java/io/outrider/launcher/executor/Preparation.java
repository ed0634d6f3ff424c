package io.outrider.launcher.executor;

import io.outrider.config.OutriderConfig;
import io.outrider.engine.endpoint.Endpoints;
import io.outrider.error.ConfigurationException;
import io.outrider.marshal.Marshaller;
import io.outrider.transport.TransportProvider;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What a launcher must load to talk to its first worker, loaded on threads of its own from the moment on at which an executor
 * is asked for: beside the directories and files that come before the fork, not beside the JVM that boots after it. Safe from
 * any thread.
 */
final class Preparation {
    private final CompletableFuture<Marshaller> marshaller = new CompletableFuture<>();

    private Preparation() {}

    /** Begins. The context class loader of the calling thread finds the classes of messages. */
    static Preparation begin(final OutriderConfig config) {
        final ClassLoader context = Thread.currentThread().getContextClassLoader();
        final ClassLoader loader = context == null ? ClassLoader.getSystemClassLoader() : context;
        final Preparation preparation = new Preparation();
        start("outrider-prepare-transport", () -> prepareTransport(config.link().transport()));
        start("outrider-prepare-values", () -> preparation.prepareValues(config, loader));
        return preparation;
    }

    private static void start(final String name, final Runnable work) {
        final Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void prepareTransport(final String name) {
        try {
            TransportProvider.named(name, Preparation.class.getClassLoader()).prepare();
        } catch (final ConfigurationException missing) {
            return; // which is the first start's to report
        }
    }

    private void prepareValues(final OutriderConfig config, final ClassLoader loader) {
        try {
            final List<Class<?>> strict = config.strictTypes();
            final Marshaller types = strict == null
                    ? Marshaller.open(loader, Endpoints.ofProcess())
                    : Marshaller.strict(loader, strict, Endpoints.ofProcess());
            final Marshaller made = types.with(config.serializer());
            marshaller.complete(made);
            made.prepare();
            Worker.prepare();
        } catch (final RuntimeException | Error failure) {
            if (!marshaller.completeExceptionally(failure)) {
                throw failure;
            }
        }
    }

    /**
     * The marshaller of the executor; waits for it.
     *
     * @return the same one every time
     * @throws io.outrider.error.SerializationException if a type among the settings can't be sent
     * @throws io.outrider.error.ConfigurationException if the serializer of the settings can't be made
     */
    Marshaller marshaller() {
        try {
            return marshaller.join();
        } catch (final CompletionException e) {
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw (RuntimeException) e.getCause(); // nothing else is caught above
        }
    }
}
