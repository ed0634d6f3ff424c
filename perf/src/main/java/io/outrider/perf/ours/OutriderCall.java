package io.outrider.perf.ours;

import io.outrider.api.RemoteObject;
import io.outrider.config.WaitStrategy;
import io.outrider.perf.bench.Contender;
import io.outrider.perf.bench.Exchange;
import io.outrider.perf.bench.Rig;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A typed call into one worker, all of Outrider in its way, with the settings that a user has without touching any other. */
public abstract class OutriderCall implements Contender {
    private final String name;
    private final String transport;
    private final WaitStrategy waitStrategy;
    private final Call call;
    private final boolean direct;

    /**
     * @param name in reports
     * @param transport by its name in configuration
     * @param waitStrategy of both sides
     * @param call the shape of the call
     */
    protected OutriderCall(
            final String name, final String transport, final WaitStrategy waitStrategy, final Call call) {
        this(name, transport, waitStrategy, call, true);
    }

    /**
     * @param name in reports
     * @param transport by its name in configuration
     * @param waitStrategy of both sides
     * @param call the shape of the call
     * @param direct whether it may go beside the lanes
     */
    protected OutriderCall(
            final String name,
            final String transport,
            final WaitStrategy waitStrategy,
            final Call call,
            final boolean direct) {
        this.name = name;
        this.transport = transport;
        this.waitStrategy = waitStrategy;
        this.call = call;
        this.direct = direct;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Exchange open(final Rig rig) {
        return new Worker(
                OneWorker.open(OneWorker.builder(rig, transport, waitStrategy).directCalls(direct)), call);
    }

    private static final class Worker implements Exchange {
        private final OneWorker worker;
        private final RemoteObject<Arithmetic> object;
        private final Arithmetic stub;
        private final Call call;
        private CompletableFuture<?> answering = CompletableFuture.completedFuture(null);

        Worker(final OneWorker worker, final Call call) {
            this.worker = worker;
            this.object = worker.object();
            this.stub = object.stub();
            this.call = call;
        }

        @Override
        public double call(final int index, final double value) throws Exception {
            return call.make(object, stub, index, value);
        }

        @Override
        public void answerLine(final Path directory) {
            answering.join();
            answering = worker.workers()
                    .create(LineAnswerer.class, LineAnswererObject::new)
                    .async(answerer -> {
                        answerer.answer(directory.toString());
                        return null;
                    });
        }

        @Override
        public long workerAllocatedBytes() {
            return stub.allocatedBytes();
        }

        @Override
        public void close() {
            answering.join(); // its line has been ended
            worker.close();
        }
    }
}
