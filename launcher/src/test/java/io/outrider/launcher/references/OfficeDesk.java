package io.outrider.launcher.references;

import io.outrider.api.function.RemoteFunction;
import io.outrider.error.OutriderException;
import io.outrider.stub.Proxies;
import io.outrider.worker.Worker;
import java.util.concurrent.Semaphore;

/** A desk in a worker. */
final class OfficeDesk implements Desk {
    private static final Semaphore GO_ON = new Semaphore(0);

    /** The only one of its worker, however often it is made. */
    static final Tally SINGLE = new Tally();

    private final Tally tally = new Tally();
    private Counter kept;

    @Override
    public long pid() {
        return ProcessHandle.current().pid();
    }

    @Override
    public String echo(String text) {
        return text + " from " + Worker.id();
    }

    @Override
    public Counter counter() {
        return tally;
    }

    @Override
    public Counter newCounter() {
        return new Tally();
    }

    @Override
    public int addBy(Counter counter, int amount) {
        return counter.add(amount);
    }

    @Override
    public int addNested(Box box) {
        int last = 0;
        for (Counter counter : box.counters().get("all")) {
            last = counter.add(1);
        }
        return last;
    }

    @Override
    public Counter giveBack(Counter counter) {
        return counter;
    }

    @Override
    public Counter ask(Desk other) {
        return other.counter();
    }

    @Override
    public void keep(Counter counter) {
        kept = counter;
    }

    @Override
    public int addToKept(int amount) {
        return kept.add(amount);
    }

    @Override
    public void forgetKept() {
        kept = null;
    }

    @Override
    public boolean isMine(Counter counter) {
        return counter == tally && counter() == tally;
    }

    @Override
    public String apply(RemoteFunction<String, String> function, String argument) {
        return function.apply(argument);
    }

    @Override
    public Counter exported() {
        Counter stub = Worker.export(tally, Counter.class);
        if (!Proxies.isProxy(stub) || stub.add(0) != tally.get()) {
            throw new IllegalStateException("an export is a live proxy, also here");
        }
        return stub;
    }

    @Override
    public String misuse(String how) {
        try {
            switch (how) {
                case "two contracts" -> Worker.export(tally, Other.class);
                case "no contract" -> Worker.export("text", String.class);
                case "foreign" -> Worker.export(kept, Counter.class);
                case "closed" -> {
                    Counter stub = Worker.export(tally, Counter.class);
                    Proxies.close(stub);
                    stub.pid();
                }
                default -> Proxies.typeOf("text");
            }
            return "nothing";
        } catch (OutriderException | IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    @Override
    public String kindOf(Object any) {
        return any.getClass().getSimpleName();
    }

    @Override
    public void collect() {
        System.gc();
    }

    @Override
    public void pause() throws InterruptedException {
        GO_ON.acquire();
    }

    @Override
    public void goOn() {
        GO_ON.release();
    }
}
