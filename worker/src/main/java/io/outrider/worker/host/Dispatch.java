package io.outrider.worker.host;

import io.outrider.engine.IdlePolicy;
import io.outrider.error.ErrorCode;
import io.outrider.protocol.FrameDescriptor;
import io.outrider.protocol.ReferenceSystem;
import io.outrider.protocol.TaskSystem;
import io.outrider.protocol.control.DoorbellHub;
import io.outrider.stream.OutboundStream;
import io.outrider.stream.Pump;
import io.outrider.telemetry.Log;
import io.outrider.transport.FrameHandler;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes calls from the clients and has them run. The leader polls, and runs the calls of serial objects itself, so that a short
 * call is never handed from thread to thread; calls that are expected to block, or whose object is busy, go to the object's
 * mailbox. A watchdog looks every few milliseconds whether the leader is stuck in a call, and then has another thread lead:
 * so one slow object holds up no other. While the leader sleeps it naps for longer.
 */
final class Dispatch {
    private static final Log LOG = Log.of(Dispatch.class);
    private static final long WATCH_NS = TimeUnit.MILLISECONDS.toNanos(2);
    /** What makes objects and runs tasks: whose worker it is, and nobody else, may do that. */
    private static final long LAST_SYSTEM_ID = TaskSystem.ID;

    private static final int MANY = 2;
    private static final long NAP_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long MAX_SLEEP_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ClientLinks clients;
    private final DoorbellHub doorbells;
    private final IdlePolicy idlePolicy;
    private final ObjectTable objects;
    private final Runners runners;
    private final WorkerThreads threads;
    private final StreamTurns turns;
    private final Consumer<Throwable> fatal;
    private volatile boolean watchdogNaps;
    private final Thread watchdog = new Thread(this::watch, "outrider-watchdog");
    private final AtomicLong refusedCalls = new AtomicLong();
    private final Set<Leader> deposed = ConcurrentHashMap.newKeySet(); // still inside their calls
    private volatile @Nullable Leader leader;
    private volatile boolean stopped;

    Dispatch(
            final ClientLinks clients,
            final DoorbellHub doorbells,
            final IdlePolicy idlePolicy,
            final ObjectTable objects,
            final Runners runners,
            final StreamTurns turns,
            final Consumer<Throwable> fatal) {
        this.clients = clients;
        this.doorbells = doorbells;
        this.idlePolicy = idlePolicy;
        this.objects = objects;
        this.runners = runners;
        this.threads = turns.threads();
        this.turns = turns;
        this.fatal = fatal;
        this.watchdog.setDaemon(true);
        turns.connect(this::wakeLeader, this::end);
    }

    void start() {
        threads.execute(this::lead);
        watchdog.start();
    }

    /** Takes no more calls. */
    void stop() {
        stopped = true;
        doorbells.wake();
        LockSupport.unpark(watchdog);
    }

    /** How many calls were refused because they named no object or no method. */
    long refusedCalls() {
        return refusedCalls.get();
    }

    /** For ending the worker: interrupts the calls that the leader runs and those that took the lead from their threads. */
    void interruptLeaders() {
        deposed.forEach(each -> each.runner().interrupt());
        final Leader now = leader;
        if (now != null) {
            now.runner().interrupt();
        }
    }

    /** 1 while the leader is inside a call, otherwise 0. */
    int running() {
        final Leader now = leader;
        return now != null && now.isBusy() ? 1 : 0;
    }

    private void lead() {
        final Leader self = new Leader(
                runners.borrow(),
                turns.borrow(clients.owner().loans()),
                threads.pin().lead());
        leader = self;
        try {
            leadUntilDeposed(self);
        } catch (final Throwable failure) {
            end(failure);
        }
        runners.giveBack(self.runner());
        turns.giveBack(self.pump());
    }

    /** A stream is ready; pairs with what the leader does before it sleeps. */
    private void wakeLeader() {
        final Leader now = leader;
        if (now != null && now.isParked()) {
            doorbells.wake();
        }
    }

    private void leadUntilDeposed(final Leader self) {
        final FrameHandler intake = (frame, offset, length) -> {
            if (!runsInPlace(self, frame, offset, length)) {
                self.runner().take(frame, offset, length);
            }
        };
        int fruitless = 0;
        int frames = MANY; // since the leader was woken
        while (!stopped) {
            int polled = clients.poll(self.runner(), intake);
            final boolean streams = polled <= 0 && turns.isAnyReady();
            if (polled <= 0
                    && !streams
                    && !(frames > 1 ? idlePolicy.idle(fruitless++) : idlePolicy.idleAfterWake(fruitless++))) {
                polled = sleep(self, intake);
                fruitless = 0;
                frames = 0;
            }
            if (polled > 0) {
                fruitless = 0;
                frames = Math.min(frames + 1, MANY);
                if (!dispatch(self)) {
                    return;
                }
            }
            // Most rounds find neither, and should be short: a call that comes waits for half of one.
            final OutboundStream stream = polled > 0 || streams ? turns.next() : null;
            if (stream != null) {
                fruitless = 0;
                if (!giveTurn(self, stream)) {
                    return;
                }
            }
        }
    }

    private int sleep(final Leader self, final FrameHandler intake) {
        self.parked(true);
        // A frame that was committed before the flag went up has rung no bell, so look once more.
        final int polled = clients.parkAndPoll(self.runner(), intake);
        if (polled <= 0 && !stopped && !turns.isAnyReady()) {
            doorbells.await(MAX_SLEEP_NS);
        }
        clients.unpark();
        self.parked(false);
        return polled;
    }

    /** Runs a stream for one turn, outside of its object's calls; false if the leader was deposed meanwhile. */
    private boolean giveTurn(final Leader self, final OutboundStream stream) {
        self.enterTurn();
        final Pump.Result result = self.pump().run(stream, false);
        final boolean leads = self.leaveTurn();
        if (!leads) {
            deposed.remove(self);
        }
        if (result == Pump.Result.MORE) {
            turns.schedule(stream);
        }
        return leads;
    }

    /**
     * Inside of a poll: runs a call that is to read its buffer where it lies, on the lane. Nobody polls until it has ended, so
     * only calls are run so that the leader would run itself, that need not be interrupted, and that yield nothing; all others
     * read from a copy.
     */
    private boolean runsInPlace(final Leader self, final DirectBuffer frame, final int offset, final int length) {
        if (length < FrameDescriptor.CALL_HEADER) {
            return false;
        }
        final long head = FrameDescriptor.head(frame, offset);
        if (!FrameDescriptor.isInPlace(head) || !FrameDescriptor.isCall(head, length)) {
            return false;
        }
        final HostedObject object = objects.find(FrameDescriptor.objectId(frame, offset));
        final int method = FrameDescriptor.method(head);
        if (object == null
                || object.id() <= LAST_SYSTEM_ID
                || !object.hasMethod(method)
                || !object.runsInline(method)
                || FrameDescriptor.hasDeadline(head)
                || FrameDescriptor.isStreamId(FrameDescriptor.correlationId(frame, offset))) {
            return false;
        }
        self.hold();
        self.runner().runInPlace(object, frame, offset, length);
        self.letGo();
        return true;
    }

    /** Runs or queues the call that the leader has taken; false if it was deposed meanwhile. */
    private boolean dispatch(final Leader self) {
        final CallRunner runner = self.runner();
        if (runner.hasRunInPlace()) {
            self.enter(null);
            runner.finish(); // which may wait for room, and does so when the lane is not held any more
            return stillLeads(self);
        }
        if (runner.takeStreamFrame()) {
            return true;
        }
        if (!runner.hasCall()) {
            self.enter(null);
            takeOther(runner);
            return stillLeads(self);
        }
        if (watchdogNaps && runner.remainingNs(runner.key()) < Long.MAX_VALUE) {
            LockSupport.unpark(watchdog);
        }
        final long objectId = runner.objectId();
        final HostedObject object =
                objectId == ReferenceSystem.ID ? runner.client().references() : objects.find(objectId);
        if (object == null) {
            return refuse(
                    self, ErrorCode.CLOSED, "there is no object " + Long.toHexString(runner.objectId()) + " any more");
        }
        if (object.id() <= LAST_SYSTEM_ID && !runner.client().isOwner()) {
            return refuse(self, ErrorCode.REJECTED, object + " is the launcher's alone");
        }
        if (!object.hasMethod(runner.method())) {
            return refuse(self, ErrorCode.PROTOCOL, object + " has no method " + runner.method());
        }
        if (runner.expectStream(object).runsInline(runner.method())) {
            self.enter(object);
            runner.run(object);
            if (!stillLeads(self)) {
                object.mailbox().drain();
                return false;
            }
        } else {
            runners.queue(runner, object);
        }
        return true;
    }

    /** The leader is done with a call, or with answering it, which may take long where the client does not read. */
    private boolean stillLeads(final Leader self) {
        final boolean leads = self.leave();
        if (!leads) {
            deposed.remove(self);
            self.runner().client().leave();
        }
        return leads;
    }

    /** A frame that is no call is seldom: a cancel, or garbage. */
    private void takeOther(final CallRunner runner) {
        if (!runner.hasCancel()) {
            refusedCalls.incrementAndGet();
            LOG.warn("dropped a frame of {} bytes: it is no call", runner.frameLength());
            return;
        }
        final CallKey call = runner.key();
        final boolean interrupt = runner.cancelInterrupts();
        // The call may be older than the cancel, and not have been looked at: it must not begin behind what its caller
        // does next.
        if (runner.client().takeDirect(runner, call.correlationId())) {
            runner.refuse(ErrorCode.REJECTED, "the call was given up before it began");
            return;
        }
        runners.cancel(call, interrupt);
        if (interrupt) { // a leader that runs it was deposed, since this thread leads
            deposed.forEach(each -> each.runner().interrupt(call, 0));
        }
    }

    private boolean refuse(final Leader self, final ErrorCode code, final String message) {
        refusedCalls.incrementAndGet();
        self.enter(null);
        self.runner().refuse(code, message);
        return stillLeads(self);
    }

    private void watch() {
        int callsBefore = -1;
        Leader before = null;
        while (!stopped) {
            final Leader now = leader;
            if (now != null && now == before && now.calls() == callsBefore && now.isRunning()) {
                replace(now);
                before = null;
            } else {
                before = now;
                callsBefore = now != null && now.isRunning() ? now.calls() : -1;
            }
            expire();
            turns.flushStuck();
            // What their generators had yielded before they began to take long: at each look, since they may have gone
            // on for a while.
            deposed.forEach(each -> each.pump().flushStuck());
            clients.reap();
            pauseWatch(now);
        }
    }

    /** Ends the calls whose time is up; returns how long until that is due again, in nanoseconds. A leader in a call is deposed before. */
    private long expire() {
        long next = runners.expire(threads);
        for (final Leader each : deposed) {
            final CallRunner runner = each.runner();
            final CallKey call = runner.key();
            final long remainingNs = runner.remainingNs(call);
            if (remainingNs > 0) {
                next = Math.min(next, remainingNs);
            } else {
                runner.interrupt(call, RunPhase.EXPIRED);
            }
        }
        return next;
    }

    private void replace(final Leader stuck) {
        try {
            deposed.add(stuck);
            if (!stuck.depose()) {
                deposed.remove(stuck);
            } else {
                // It goes on with its call, and should not do so where the next one leads.
                threads.pin().follow(stuck.pinned());
                threads.execute(this::lead);
            }
        } catch (final Throwable failure) { // no thread to be had, say: then nobody would lead
            end(failure);
        }
    }

    /** After a failure of the lane or the threads, as calls answer for their own. While stopping, those are expected. */
    void end(final Throwable failure) {
        if (stopped) {
            LOG.debug("ignored while stopping", failure);
        } else {
            fatal.accept(failure);
        }
    }

    private void pauseWatch(final @Nullable Leader now) {
        if (now == null || !now.isParked()) {
            LockSupport.parkNanos(this, WATCH_NS);
            return;
        }
        // Naps, and is not woken with the leader but for a deadline: that would take longer than the call that woke the
        // leader.
        watchdogNaps = true;
        if (now.isParked()) { // looked at again, since the leader looks at watchdogNaps after it has woken
            // Once more: what the leader took before it parked has been queued by now.
            LockSupport.parkNanos(this, Math.min(expire(), NAP_NS));
        }
        watchdogNaps = false;
    }
}
