package io.outrider.perf.peer;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.outrider.perf.bench.EchoJvm;
import io.outrider.perf.bench.EchoPeer;
import io.outrider.perf.bench.Exchange;
import io.outrider.perf.bench.Payload;
import io.outrider.perf.bench.Rig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * gRPC over the loopback interface: a blocking unary call, with marshallers by hand that cost less than protocol buffers would. The method
 * runs on the transport's thread ({@code directExecutor}), as gRPC advises where it never blocks; by default it would be handed
 * to a pool. Neither side can be told to spin: both block until the socket has something.
 */
public final class GrpcLoopback implements EchoPeer {
    private static final MethodDescriptor<Request, Double> METHOD = MethodDescriptor.<Request, Double>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(MethodDescriptor.generateFullMethodName("outrider.perf.Calculator", "f"))
            .setRequestMarshaller(new RequestMarshaller())
            .setResponseMarshaller(new DoubleMarshaller())
            .build();

    @Override
    public String name() {
        return "grpc.loopback";
    }

    @Override
    public void serve(final Path directory) throws IOException {
        final ServerServiceDefinition service = ServerServiceDefinition.builder("outrider.perf.Calculator")
                .addMethod(METHOD, ServerCalls.asyncUnaryCall((request, reply) -> {
                    reply.onNext(Payload.answer(request.index(), request.value()));
                    reply.onCompleted();
                }))
                .build();
        final Server server = NettyServerBuilder.forAddress(address(0))
                .directExecutor()
                .addService(service)
                .build()
                .start();
        Files.writeString(portFile(directory), Integer.toString(server.getPort()));
    }

    @Override
    public Exchange open(final Rig rig) throws IOException {
        final EchoJvm echo = rig.echo(this);
        final int port = Integer.parseInt(Files.readString(portFile(rig.directory())));
        final ManagedChannel channel = NettyChannelBuilder.forAddress(address(port))
                .directExecutor()
                .usePlaintext()
                .build();
        return new Channel(channel, echo);
    }

    private static InetSocketAddress address(final int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static Path portFile(final Path directory) {
        return directory.resolve("port");
    }

    private record Request(int index, double value) {}

    private record Channel(ManagedChannel channel, EchoJvm echo) implements Exchange {
        @Override
        public double call(final int index, final double value) {
            return ClientCalls.blockingUnaryCall(channel, METHOD, CallOptions.DEFAULT, new Request(index, value));
        }

        @Override
        public long workerAllocatedBytes() throws IOException {
            return echo.allocatedBytes();
        }

        @Override
        public void close() {
            channel.shutdownNow();
            echo.close();
        }
    }

    private static final class RequestMarshaller implements MethodDescriptor.Marshaller<Request> {
        @Override
        public InputStream stream(final Request request) {
            return new ByteArrayInputStream(ByteBuffer.allocate(Payload.REQUEST)
                    .putInt(Payload.INDEX, request.index())
                    .putDouble(Payload.VALUE, request.value())
                    .array());
        }

        @Override
        public Request parse(final InputStream stream) {
            final ByteBuffer bytes = read(stream, Payload.REQUEST);
            return new Request(bytes.getInt(Payload.INDEX), bytes.getDouble(Payload.VALUE));
        }
    }

    private static final class DoubleMarshaller implements MethodDescriptor.Marshaller<Double> {
        @Override
        public InputStream stream(final Double value) {
            return new ByteArrayInputStream(
                    ByteBuffer.allocate(Payload.REPLY).putDouble(value).array());
        }

        @Override
        public Double parse(final InputStream stream) {
            return read(stream, Payload.REPLY).getDouble(0);
        }
    }

    private static ByteBuffer read(final InputStream stream, final int length) {
        try {
            return ByteBuffer.wrap(stream.readNBytes(length));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
