package io.outrider.engine.endpoint;

import io.outrider.config.WaitStrategy;
import io.outrider.engine.CallClient;
import io.outrider.engine.IdlePolicy;
import io.outrider.engine.ReplyAgent;
import io.outrider.marshal.Marshaller;
import io.outrider.protocol.control.ControlMessage.Vocabulary;
import io.outrider.protocol.control.DoorbellHub;
import io.outrider.protocol.control.SocketDoorbell;
import java.io.IOException;
import java.util.function.Function;

/** What all attachments of a process share: where doorbells ring, and the agent that polls for what nobody waits for. */
final class Replying implements AutoCloseable {
    private final DoorbellHub hub = new DoorbellHub();
    private final ReplyAgent agent = new ReplyAgent(
            "outrider-attached-replies",
            hub,
            new IdlePolicy(WaitStrategy.ADAPTIVE, Runtime.getRuntime().availableProcessors()));
    private final Function<Vocabulary, Marshaller> agreement;

    Replying(final Function<Vocabulary, Marshaller> agreement) {
        this.agreement = agreement;
    }

    Replying start() {
        agent.start();
        return this;
    }

    Marshaller agree(final Vocabulary vocabulary) {
        return agreement.apply(vocabulary);
    }

    void add(final CallClient client, final SocketDoorbell bell) throws IOException {
        hub.register(bell);
        agent.add(client);
    }

    void remove(final CallClient client, final SocketDoorbell bell) {
        agent.remove(client);
        hub.unregister(bell);
    }

    @Override
    public void close() {
        agent.close();
        hub.close();
    }
}
