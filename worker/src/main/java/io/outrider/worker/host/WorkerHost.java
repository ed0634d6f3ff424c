package io.outrider.worker.host;

import io.outrider.api.CurrentArena;
import io.outrider.api.Parallelization;
import io.outrider.api.TaskContext;
import io.outrider.contract.Contract;
import io.outrider.engine.IdlePolicy;
import io.outrider.engine.endpoint.Home;
import io.outrider.marshal.Marshaller;
import io.outrider.protocol.ObjectSystem;
import io.outrider.protocol.ReferenceSystem;
import io.outrider.protocol.TaskSystem;
import io.outrider.protocol.control.ControlMessage.Limits;
import io.outrider.protocol.control.Doorbell;
import io.outrider.protocol.control.DoorbellHub;
import io.outrider.stream.Window;
import io.outrider.stub.StubFactory;
import io.outrider.transport.Link;
import io.outrider.worker.ClientLoss;
import io.outrider.worker.Host;
import io.outrider.worker.WorkerExit;
import io.outrider.worker.client.CallContext;
import io.outrider.worker.client.Client;
import io.outrider.worker.client.Clients;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Holds the objects of a worker and runs the calls to them, on threads of its own. How many threads there are at most follows
 * from how many calls the client may have in flight. An {@link Error} of a lane ends the JVM: what was acknowledged could no
 * longer be told from what was lost.
 */
public final class WorkerHost implements Host {
    private static final int CONCURRENT_CREATIONS = 16;
    private static final Contract<ReferenceSystem> REFERENCES = Contract.of(ReferenceSystem.class);
    private static final long DRAIN_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ObjectTable objects = new ObjectTable();
    private final Clients losses = new Clients();
    private final WorkerThreads threads;
    private final HostedHome home;
    private final ClientLink.Waits waits;
    private final StreamTurns turns;
    private final DoorbellHub doorbells;
    private final ClientLink owner;
    private final ClientLinks clients;
    private final Runners runners;
    private final Dispatch dispatch;

    /**
     * Makes a host that takes no calls yet.
     *
     * @param link open on the worker's side
     * @param marshaller encodes and decodes
     * @param doorbells where the reader of the call lane sleeps
     * @param client wakes the reader of the reply lane
     * @param limits how to wait for calls, how much the result of one may take, and where to run
     * @param identity which worker this is, and where it finds its classes
     */
    public WorkerHost(
            final Link link,
            final Marshaller marshaller,
            final DoorbellHub doorbells,
            final Doorbell client,
            final Limits limits,
            final WorkerIdentity identity) {
        final ClassLoader loader = identity.loader();
        this.doorbells = doorbells;
        this.waits = new ClientLink.Waits(
                new IdlePolicy(limits.waitStrategy(), Runtime.getRuntime().availableProcessors()),
                limits.backPressureMs() < 0 ? null : Duration.ofMillis(limits.backPressureMs()));
        this.threads = new WorkerThreads(loader, LeaderPin.to(limits.processor()));
        this.turns = new StreamTurns(
                marshaller,
                limits.maxPayloadBytes(),
                new Window(limits.streamWindow(), limits.streamWindowBytes()),
                threads);
        final CallContext self = new CallContext(new Client("worker " + identity.workerId() + " itself"), losses);
        this.home = new HostedHome(
                identity.address(), identity.workerId(), objects, threads, marshaller, limits.maxPayloadBytes(), self);
        final CallContext launcher = new CallContext(new Client("the launcher"), losses);
        this.owner = new ClientLink(ClientLink.OWNER, link, client, waits, turns, () -> {}, launcher);
        this.clients = new ClientLinks(owner, threads);
        this.runners = new Runners(
                all -> new CallRunner(owner, home, marshaller, limits.maxPayloadBytes(), all), this::laneFailed);
        this.dispatch =
                new Dispatch(clients, doorbells, waits.idlePolicy(), objects, runners, turns, WorkerHost::endAfter);
        objects.onClosing(clients::objectClosed);
        addSystem(
                ObjectSystem.ID,
                new HostedSystem(objects, loader, threads),
                Contract.of(ObjectSystem.class),
                CONCURRENT_CREATIONS);
        final TaskContext context = new TaskContext(Parallelization.PROCESS, identity.workerId(), Optional.empty());
        addSystem(TaskSystem.ID, new HostedTasks(marshaller, context), Contract.of(TaskSystem.class), 1);
        owner.references(addSystem(ReferenceSystem.ID, referencesOf(owner), REFERENCES, 1));
        home.counting(dispatch::refusedCalls, () -> 0);
    }

    /** Makes the dispatchers that every host needs, which takes a good part of its start. */
    public static void prepare() {
        StubFactory.of(Contract.of(ObjectSystem.class)).dispatcher();
        StubFactory.of(Contract.of(TaskSystem.class)).dispatcher();
        StubFactory.of(REFERENCES).dispatcher();
    }

    private ReferenceSystem referencesOf(final ClientLink client) {
        return new HostedReferences(home, client);
    }

    private HostedObject addSystem(
            final long id, final Object target, final Contract<?> contract, final int concurrency) {
        final HostedObject added = objects.add(target, contract, concurrency, threads);
        if (added.id() != id) {
            throw new IllegalStateException(added + " must have id " + id);
        }
        return added;
    }

    private void laneFailed(final Throwable failure) {
        dispatch.end(failure);
    }

    private static void endAfter(final Throwable failure) {
        WorkerExit.internalError("the call lane", failure);
    }

    @Override
    public void start() {
        CurrentArena.ofProcess(owner.loans());
        dispatch.start();
    }

    @Override
    public void countRefusedClients(final LongSupplier refused) {
        home.counting(dispatch::refusedCalls, refused);
    }

    /**
     * The objects of this worker as references name them.
     *
     * @return the same object every time
     */
    public Home home() {
        return home;
    }

    @Override
    public AutoCloseable attach(final int number, final Link link, final Doorbell bell, final ClientLoss loss) {
        final Client client = new Client("client " + number);
        final ClientLink attached =
                new ClientLink(number, link, bell, waits, turns, loss, new CallContext(client, losses));
        attached.references(new HostedObject(ReferenceSystem.ID, referencesOf(attached), REFERENCES, 1, threads));
        clients.add(attached);
        doorbells.wake();
        return () -> {
            clients.end(attached);
            losses.lost(client);
            doorbells.wake();
            home.grants().lost(attached);
            home.grants().gone(attached.addressee());
        };
    }

    @Override
    public boolean drain(final Duration timeout) {
        final long giveUpAt = System.nanoTime() + timeout.toNanos();
        dispatch.stop();
        stopStreams();
        if (!awaitIdle(giveUpAt)) {
            return false;
        }
        objects.forEach(HostedObject::closeTarget);
        return awaitIdle(giveUpAt);
    }

    private boolean awaitIdle(final long giveUpAt) {
        while (running() > 0) {
            if (System.nanoTime() - giveUpAt > 0) {
                return false;
            }
            LockSupport.parkNanos(this, DRAIN_PAUSE_NS);
        }
        return true;
    }

    @Override
    public int running() {
        return dispatch.running() + busyMailboxes() + clients.openStreams();
    }

    private void stopStreams() {
        turns.goOnAlone();
        clients.stopStreams();
    }

    private int busyMailboxes() {
        final int[] busy = new int[1];
        objects.forEach(object -> busy[0] += object.mailbox().isBusy() ? 1 : 0);
        return busy[0];
    }

    @Override
    public void interruptAll() {
        dispatch.interruptLeaders();
        runners.interruptAll();
        clients.stopStreams();
    }

    @Override
    public void close() {
        dispatch.stop();
        clients.endAll();
        threads.close();
        CurrentArena.ofProcess(null);
        owner.loans().close();
    }
}
