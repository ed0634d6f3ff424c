package io.outrider.launcher.process;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Peers that do not know how to behave. */
final class Strangers {
    private static final int NONCE = 32;

    private Strangers() {}

    /** Says something at a socket and returns when the other side has hung up; it may offer a nonce before. */
    static void sayAndAwaitEnd(String socket, byte[] words) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(Path.of(socket)));
            channel.write(ByteBuffer.wrap(words));
            ByteBuffer answer = ByteBuffer.allocate(2 * NONCE);
            int read = 0;
            while (read >= 0) {
                try {
                    read = channel.read(answer);
                } catch (IOException reset) {
                    return;
                }
                if (answer.position() > NONCE) {
                    throw new IOException("a stranger was told " + answer.position() + " bytes");
                }
            }
        }
    }
}
