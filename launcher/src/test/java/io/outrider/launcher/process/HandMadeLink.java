package io.outrider.launcher.process;

import io.outrider.protocol.FrameDescriptor;
import io.outrider.protocol.attach.AttachDescriptor.Hello;
import io.outrider.protocol.attach.AttachDescriptor.KeyKind;
import io.outrider.protocol.attach.AttachDescriptor.Role;
import io.outrider.protocol.attach.AttachHandshake;
import io.outrider.protocol.control.ControlConnection;
import io.outrider.protocol.control.ControlMessage.Admitted;
import io.outrider.protocol.control.ControlMessage.Welcome;
import io.outrider.protocol.control.Doorbell;
import io.outrider.protocol.control.SecretToken;
import io.outrider.protocol.control.SocketDoorbell;
import io.outrider.testkit.Await;
import io.outrider.transport.Claim;
import io.outrider.transport.Link;
import io.outrider.transport.Publication;
import io.outrider.transport.Side;
import io.outrider.transport.TransportProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A client that attached to a worker and sends it frames that no stub would make. */
public final class HandMadeLink implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ControlConnection connection;
    private final SocketDoorbell bell;
    private final Link link;

    private HandMadeLink(ControlConnection connection, SocketDoorbell bell, Link link) {
        this.connection = connection;
        this.bell = bell;
        this.link = link;
    }

    /** Attaches, as a client would that has the worker's secret. */
    public static HandMadeLink attach(String address, SecretToken secret) throws IOException {
        Path door = Path.of(address);
        long pid = ProcessHandle.current().pid();
        ControlConnection connection =
                AttachHandshake.connect(door, new Hello(Role.CONTROL, KeyKind.OWN, 0, pid), secret);
        Admitted admitted = (Admitted) connection.receive(inTime());
        Welcome welcome = (Welcome) connection.receive(inTime());
        SocketDoorbell bell = AttachHandshake.connect(
                        door, new Hello(Role.DOORBELL, KeyKind.OWN, admitted.client(), pid), secret)
                .toDoorbell();
        connection.receive(inTime()); // it is ready
        Link link = TransportProvider.named(welcome.link().transport(), ClassLoader.getSystemClassLoader())
                .open(welcome.link(), Side.CLIENT);
        return new HandMadeLink(connection, bell, link);
    }

    private static long inTime() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    }

    /** Sends a call without arguments; the type of the frame that comes back. */
    public byte answerTo(int method, long objectId) {
        return answerTo(link, bell, method, objectId);
    }

    static byte answerTo(Link link, Doorbell bell, int method, long objectId) {
        Claim claim = new Claim();
        Await await = new Await(LIMIT);
        while (link.publication().tryClaim(FrameDescriptor.CALL_HEADER, claim) != Publication.OK) {
            await.check("no room for a frame");
        }
        FrameDescriptor.putCall(claim.buffer(), claim.offset(), (short) 0, method, 1L, objectId);
        claim.commit();
        bell.ring();
        byte[] type = new byte[1];
        while (type[0] == 0) {
            link.subscription().poll((frame, offset, length) -> type[0] = FrameDescriptor.type(frame, offset), 1);
            await.check("no answer to method " + method + " of object " + objectId);
        }
        return type[0];
    }

    @Override
    public void close() throws IOException {
        link.close();
        bell.close();
        connection.close();
    }
}
