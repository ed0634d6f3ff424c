package io.outrider.actor;

import io.outrider.api.ActorHooks;
import io.outrider.api.function.RemoteFunction;
import io.outrider.launcher.support.SmallWorkers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Writes down what becomes of it. */
final class DeskClerk implements Clerk, ActorHooks {
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Map<String, Clerk> registry = new ConcurrentHashMap<>();
    private final CountDownLatch shutdown = new CountDownLatch(1);
    private final String diary;
    private final AtomicInteger held = new AtomicInteger();
    private final Semaphore goOn = new Semaphore(0);
    private Actor<Clerk> colleague;

    DeskClerk() {
        this("");
    }

    /** @param diary a file in which it writes too, or empty */
    DeskClerk(String diary) {
        this.diary = diary;
        note("initialized");
    }

    private void note(String what) {
        log.add(what);
        if (!diary.isEmpty()) {
            try {
                Files.writeString(Path.of(diary), what + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    @Override
    public void onEnter() {
        note("enter");
    }

    @Override
    public void onExit() {
        note("exit");
    }

    @Override
    public void onShutdown() {
        note("shutdown");
        shutdown.countDown();
    }

    @Override
    public long pid() {
        return ProcessHandle.current().pid();
    }

    @Override
    public void register(String name, Clerk clerk) {
        registry.put(name, clerk);
    }

    @Override
    public Clerk pick(String name) {
        return registry.get(name);
    }

    @Override
    public String echo(String text) {
        return text + " by " + pid();
    }

    @Override
    public List<String> log() {
        return log;
    }

    @Override
    public String tailValue(String text, RemoteFunction<String, String> function) {
        return function.apply(text) + " for " + pid();
    }

    @Override
    public long runUntilShutdown() throws InterruptedException {
        shutdown.await();
        return pid();
    }

    @Override
    public Clerk colleague(String transport) {
        if (colleague == null) {
            colleague = Actors.start(SmallWorkers.on(transport).archive(false).conclude(), Clerk.class, DeskClerk::new);
        }
        return colleague.stub();
    }

    @Override
    public Note note() {
        return new Memo();
    }

    private final class Memo implements Note {
        @Override
        public String read() {
            return "read by " + pid();
        }

        @Override
        public String hold() throws InterruptedException {
            held.incrementAndGet();
            goOn.acquire();
            return "held";
        }
    }

    @Override
    public void goOn() {
        goOn.release(held.getAndSet(0));
    }

    @Override
    public int held() {
        return held.get();
    }

    @Override
    public long runUntil(String file) throws InterruptedException {
        while (!Files.exists(Path.of(file))) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return pid();
    }

    @Override
    public Iterator<Integer> count(int to) {
        return IntStream.range(0, to).iterator();
    }

    @Override
    public String askOther(String address, byte[] secret, String text) {
        try (Actor<Clerk> other = Actors.connect(Clerk.class, address, ActorSecret.of(secret))) {
            return other.stub().echo(text);
        }
    }

    @Override
    public void exit() {
        Runtime.getRuntime().halt(9);
    }
}
