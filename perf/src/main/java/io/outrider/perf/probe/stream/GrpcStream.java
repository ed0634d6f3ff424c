package io.outrider.perf.probe.stream;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.outrider.perf.ours.Reading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/** Records of four fields as the answer of one call of gRPC, with marshallers by hand that cost less than protocol buffers. */
final class GrpcStream {
    private static final int READING_BYTES = Long.BYTES + Integer.BYTES + Double.BYTES + Byte.BYTES;
    private static final MethodDescriptor<Reading, Reading> METHOD = MethodDescriptor.<Reading, Reading>newBuilder()
            .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
            .setFullMethodName(MethodDescriptor.generateFullMethodName("outrider.perf.Source", "readings"))
            .setRequestMarshaller(new ReadingMarshaller())
            .setResponseMarshaller(new ReadingMarshaller())
            .build();

    private GrpcStream() {}

    static void serve(final Path directory) throws IOException {
        final ServerServiceDefinition service = ServerServiceDefinition.builder("outrider.perf.Source")
                .addMethod(METHOD, ServerCalls.asyncServerStreamingCall((request, reply) -> {
                    final ServerCallStreamObserver<Reading> observer = (ServerCallStreamObserver<Reading>) reply;
                    final int[] next = new int[1];
                    observer.setOnReadyHandler(() -> {
                        while (observer.isReady()) {
                            final int index = next[0]++;
                            observer.onNext(new Reading(index, index, index, true));
                        }
                    });
                }))
                .build();
        final Server server = NettyServerBuilder.forAddress(address(0))
                .addService(service)
                .build()
                .start();
        Files.writeString(portFile(directory), Integer.toString(server.getPort()));
    }

    static RawWay.Reader read(final Path directory) throws IOException {
        final int port = Integer.parseInt(Files.readString(portFile(directory)));
        final ManagedChannel channel =
                NettyChannelBuilder.forAddress(address(port)).usePlaintext().build();
        final Iterator<Reading> readings = ClientCalls.blockingServerStreamingCall(
                channel, METHOD, CallOptions.DEFAULT, new Reading(0, 0, 0, true));
        return new RawWay.Reader() {
            @Override
            public int read() {
                return readings.next().valid() ? 1 : 0;
            }

            @Override
            public void close() {
                channel.shutdownNow();
            }
        };
    }

    private static InetSocketAddress address(final int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static Path portFile(final Path directory) {
        return directory.resolve("port");
    }

    private static final class ReadingMarshaller implements MethodDescriptor.Marshaller<Reading> {
        @Override
        public InputStream stream(final Reading reading) {
            return new ByteArrayInputStream(ByteBuffer.allocate(READING_BYTES)
                    .putLong(reading.at())
                    .putInt(reading.index())
                    .putDouble(reading.value())
                    .put((byte) (reading.valid() ? 1 : 0))
                    .array());
        }

        @Override
        public Reading parse(final InputStream stream) {
            try {
                final ByteBuffer bytes = ByteBuffer.wrap(stream.readNBytes(READING_BYTES));
                return new Reading(bytes.getLong(), bytes.getInt(), bytes.getDouble(), bytes.get() != 0);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
