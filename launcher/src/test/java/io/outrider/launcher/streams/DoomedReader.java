package io.outrider.launcher.streams;

import io.outrider.api.RemoteExecutor;
import io.outrider.api.RemoteObject;
import io.outrider.api.RemoteStream;
import io.outrider.contract.Contract;
import io.outrider.engine.endpoint.Endpoints;
import io.outrider.launcher.support.SmallWorkers;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.StubFactory;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Reads a stream in a process that is killed: as the launcher of the generator's worker, or attached to that beside it. */
final class DoomedReader {
    private static RemoteStream.OfLong held; // not dropped

    private DoomedReader() {}

    /** As a launcher. */
    public static void main(String[] args) throws Exception {
        RemoteExecutor workers = SmallWorkers.open(
                SmallWorkers.on(args[0]).baseDirectory(Path.of(args[1])).streamWindow(64));
        RemoteObject<Marked> object = workers.create(Marked.class, Marked.Marking::new);
        read(object.stub().numbers(args[2]));
        System.out.println("worker " + workers.workers().get(0).pid());
        System.out.println("ready");
        new CountDownLatch(1).await();
    }

    /** In a worker, attached to another one. */
    static int attach(String address, long objectId) {
        Contract<Numbers> contract = Contract.of(Numbers.class);
        Numbers numbers = StubFactory.of(contract)
                .newStub(Endpoints.ofProcess().at(address).client(), new ObjectRef(address, 0, objectId, contract));
        read(numbers.counted(Long.MAX_VALUE));
        return 3;
    }

    private static void read(RemoteStream.OfLong stream) {
        held = stream;
        for (int i = 0; i < 3; i++) {
            if (held.nextLong() != i) {
                throw new IllegalStateException("value " + i + " is missing");
            }
        }
    }
}
