package io.outrider.perf.probe.proxy;

import io.outrider.api.RemoteObject;
import io.outrider.config.WaitStrategy;
import io.outrider.contract.Contract;
import io.outrider.engine.endpoint.Endpoints;
import io.outrider.launcher.executor.ProcessExecutor;
import io.outrider.perf.bench.Figure;
import io.outrider.perf.bench.Probe;
import io.outrider.perf.bench.Rig;
import io.outrider.perf.ours.Arithmetic;
import io.outrider.perf.ours.OneWorker;
import io.outrider.perf.probe.cost.HotCalls;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.Proxies;
import io.outrider.stub.StubFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sixteen clients of one worker, each with a link of its own: what the idle ones cost the one that calls, and what each gets if
 * all call. The clients are in this JVM, where they are threads, since it is the worker that is measured.
 */
record AttachedClients(String transport) implements Probe {
    private static final int CLIENTS = 16;
    private static final int FULL_MS = 20_000;
    private static final int QUICK_MS = 10_000;
    private static final int WARM_UP_MS = 4_000;
    private static final int TURNS = 3;

    @Override
    public String name() {
        return "outrider." + transport + ".clients." + CLIENTS;
    }

    @Override
    public Group group() {
        return Group.PROXY;
    }

    @Override
    public List<Figure> measure(final Rig rig, final boolean quick) throws Exception {
        final Endpoints endpoints = Endpoints.ofProcess();
        endpoints.enter();
        try (OneWorker worker = OneWorker.open(rig, transport, WaitStrategy.ADAPTIVE)) {
            final List<Arithmetic> clients = new ArrayList<>();
            clients.add(attach(worker, 1));
            final double alone = median(clients.get(0), quick);
            while (clients.size() < CLIENTS) {
                clients.add(attach(worker, clients.size() + 1));
                clients.get(clients.size() - 1).f(1, 1);
            }
            final double beside = median(clients.get(0), quick);
            together(clients, WARM_UP_MS); // while compilers want the processors, too
            final long[] calls = together(clients, quick ? QUICK_MS : FULL_MS);
            final double fair = Arrays.stream(calls).average().orElseThrow();
            return List.of(
                    new Figure(name() + ".alone.p50", "ns", alone),
                    new Figure(name() + ".beside_idle.p50", "ns", beside),
                    new Figure(name() + ".beside_idle.ratio", "times", beside / alone),
                    new Figure(
                            name() + ".least_share",
                            "of a fair one",
                            Arrays.stream(calls).min().orElseThrow() / fair));
        } finally {
            endpoints.leave();
        }
    }

    /** One process has one link to one address, so each client goes by another spelling of it. */
    private static Arithmetic attach(final OneWorker worker, final int number) {
        final RemoteObject<Arithmetic> object = worker.object();
        final ProcessExecutor executor = (ProcessExecutor) worker.workers();
        final String address = Proxies.addressOf(object.stub()).replaceFirst("/", "/".repeat(number + 1));
        final Contract<Arithmetic> contract = Contract.of(Arithmetic.class);
        return StubFactory.of(contract)
                .newStub(
                        Endpoints.ofProcess()
                                .connect(address, executor.secret(object.workerId()), null)
                                .client(),
                        new ObjectRef(address, object.workerId(), object.objectId(), contract));
    }

    private static double median(final Arithmetic client, final boolean quick) throws Exception {
        final double[] turns = new double[TURNS];
        for (int i = 0; i < TURNS; i++) {
            turns[i] = HotCalls.medianNs(List.of(client), quick);
        }
        Arrays.sort(turns);
        return turns[TURNS / 2];
    }

    /** How many calls each makes in a time in which all call. */
    private static long[] together(final List<Arithmetic> clients, final int ms) throws Exception {
        final long[] calls = new long[clients.size()];
        final AtomicBoolean over = new AtomicBoolean();
        final CyclicBarrier begin = new CyclicBarrier(clients.size() + 1);
        final List<FutureTask<Long>> callers = new ArrayList<>();
        for (final Arithmetic client : clients) {
            final FutureTask<Long> caller = new FutureTask<>(() -> callUntil(over, begin, client));
            final Thread thread = new Thread(caller, "client");
            thread.setDaemon(true);
            thread.start();
            callers.add(caller);
        }
        begin.await();
        Thread.sleep(ms);
        over.set(true);
        for (int i = 0; i < calls.length; i++) {
            calls[i] = callers.get(i).get();
        }

        return calls;
    }

    private static long callUntil(final AtomicBoolean over, final CyclicBarrier begin, final Arithmetic client)
            throws Exception {
        begin.await();
        long made = 0;
        while (!over.get()) {
            client.f(1, 1);
            made++;
        }
        return made;
    }
}
