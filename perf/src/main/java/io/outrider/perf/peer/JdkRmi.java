package io.outrider.perf.peer;

import io.outrider.perf.bench.EchoJvm;
import io.outrider.perf.bench.EchoPeer;
import io.outrider.perf.bench.Exchange;
import io.outrider.perf.bench.Payload;
import io.outrider.perf.bench.Rig;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.rmi.Remote;
import java.rmi.RemoteException;
import java.rmi.server.UnicastRemoteObject;

/** The JDK's own remote calls, over the loopback interface. The stub goes through a file: a registry would do no more. */
public final class JdkRmi implements EchoPeer {
    /** The remote interface. */
    public interface Calculator extends Remote {
        /**
         * The call.
         *
         * @param index the int
         * @param value the double
         * @return the answer
         * @throws RemoteException if the connection fails
         */
        double f(int index, double value) throws RemoteException;
    }

    private static final Calculator CALCULATOR = Payload::answer;

    @Override
    public String name() {
        return "jdk.rmi";
    }

    @Override
    public void serve(final Path directory) throws IOException {
        System.setProperty("java.rmi.server.hostname", "127.0.0.1");
        final Remote stub = UnicastRemoteObject.exportObject(CALCULATOR, 0);
        try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(file(directory)))) {
            out.writeObject(stub);
        }
    }

    @Override
    public Exchange open(final Rig rig) throws IOException, ClassNotFoundException {
        final EchoJvm echo = rig.echo(this);
        try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(file(rig.directory())))) {
            return new Proxy((Calculator) in.readObject(), echo);
        }
    }

    private static Path file(final Path directory) {
        return directory.resolve("stub");
    }

    private record Proxy(Calculator calculator, EchoJvm echo) implements Exchange {
        @Override
        public double call(final int index, final double value) throws RemoteException {
            return calculator.f(index, value);
        }

        @Override
        public long workerAllocatedBytes() throws IOException {
            return echo.allocatedBytes();
        }

        @Override
        public void close() {
            echo.close();
        }
    }
}
