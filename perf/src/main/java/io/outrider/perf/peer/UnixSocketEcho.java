package io.outrider.perf.peer;

import io.outrider.perf.bench.EchoJvm;
import io.outrider.perf.bench.EchoPeer;
import io.outrider.perf.bench.Exchange;
import io.outrider.perf.bench.Payload;
import io.outrider.perf.bench.Rig;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A Unix-domain socket with blocking channels: the kernel wakes each side. */
public final class UnixSocketEcho implements EchoPeer {
    @Override
    public String name() {
        return "unix.socket.echo";
    }

    @Override
    public void serve(final Path directory) throws IOException {
        final ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(address(directory));
        EchoThread.start(() -> answer(server.accept()));
    }

    @Override
    public Exchange open(final Rig rig) throws IOException {
        final EchoJvm echo = rig.echo(this);
        return new Socket(SocketChannel.open(address(rig.directory())), echo);
    }

    private static UnixDomainSocketAddress address(final Path directory) {
        return UnixDomainSocketAddress.of(directory.resolve("socket"));
    }

    private static void answer(final SocketChannel socket) throws IOException {
        final ByteBuffer request = ByteBuffer.allocateDirect(Payload.REQUEST);
        final ByteBuffer reply = ByteBuffer.allocateDirect(Payload.REPLY);
        while (receive(socket, request)) {
            reply.putDouble(0, Payload.answer(request.getInt(Payload.INDEX), request.getDouble(Payload.VALUE)));
            send(socket, reply);
        }
    }

    private static void send(final SocketChannel socket, final ByteBuffer message) throws IOException {
        message.clear();
        while (message.hasRemaining()) {
            socket.write(message);
        }
    }

    /** Fills the buffer; false if the other side has closed. */
    private static boolean receive(final SocketChannel socket, final ByteBuffer message) throws IOException {
        message.clear();
        while (message.hasRemaining()) {
            if (socket.read(message) < 0) {
                return false;
            }
        }
        return true;
    }

    private static final class Socket implements Exchange {
        private final SocketChannel channel;
        private final EchoJvm echo;
        private final ByteBuffer request = ByteBuffer.allocateDirect(Payload.REQUEST);
        private final ByteBuffer reply = ByteBuffer.allocateDirect(Payload.REPLY);

        Socket(final SocketChannel channel, final EchoJvm echo) {
            this.channel = channel;
            this.echo = echo;
        }

        @Override
        public double call(final int index, final double value) throws IOException {
            request.putInt(Payload.INDEX, index).putDouble(Payload.VALUE, value);
            send(channel, request);
            if (!receive(channel, reply)) {
                throw new EOFException("the far side has closed");
            }
            return reply.getDouble(0);
        }

        @Override
        public long workerAllocatedBytes() throws IOException {
            return echo.allocatedBytes();
        }

        @Override
        public void close() throws IOException {
            channel.close();
            echo.close();
        }
    }
}
