package io.outrider.manager;

import io.outrider.actor.ActorSecret;
import io.outrider.manager.sync.SharedEvent;
import io.outrider.manager.sync.SharedLock;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that nobody of ours has started, as far as the manager knows. */
final class Visitor {
    private Visitor() {}

    /** @param args where the manager is, and a file with its secret */
    public static void main(String[] args) throws Exception {
        ActorSecret secret = ActorSecret.of(Files.readAllBytes(Path.of(args[1])));
        try (ConnectedManager manager = Managers.connect(args[0], secret)) {
            SharedNamespace names = manager.names();
            SharedMap<?, ?> stock = names.get("stock", SharedMap.class);
            names.set("found", stock.get("bolts"));
            names.set("stock of the visitor", stock);
            names.get("lock", SharedLock.class).lock();
            names.get("came", SharedEvent.class).set();
            names.get("never", SharedEvent.class).await();
        }
    }
}
