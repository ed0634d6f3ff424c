package io.outrider.launcher.serializers;

import io.outrider.api.Loan;
import io.outrider.api.function.RemoteFunction;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** An archive in a worker. */
final class Shelves implements Archive {
    private final Tally tally = new Tally();

    @Override
    public Object echo(Object value) {
        return value;
    }

    @Override
    public boolean same(Object one, Object other) {
        return one == other;
    }

    @Override
    public String apply(RemoteFunction<String, String> function, String argument) {
        return function.apply(argument);
    }

    @Override
    public Counter counter() {
        return tally;
    }

    @Override
    public int addAll(Map<String, List<Object>> counters) {
        int last = 0;
        for (Object counter : counters.get("all")) {
            last = ((Counter) counter).add(1);
        }
        return last;
    }

    @Override
    public Holder held() {
        Counter stub = io.outrider.worker.Worker.export(tally, Counter.class);
        return new Holder(List.of(stub, stub));
    }

    @Override
    public long sumOf(List<Loan> loans) {
        long sum = 0;
        for (Loan loan : loans) {
            sum += loan.buffer().getLong(0);
            loan.close();
        }
        return sum;
    }

    @Override
    public Iterator<Note> notes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Note("n" + i, new int[] {i}))
                .iterator();
    }

    @Override
    public Object refused() {
        return new Refused(1);
    }

    @Override
    public Optional<String> unfit() {
        return Optional.of("not Serializable");
    }

    @Override
    public void fail(String message) throws Lost {
        throw new Lost(message, new Note("why", new int[] {1, 2}));
    }

    @Override
    public int graphsWritten() {
        return DeflatedProvider.WRITTEN.get();
    }

    static final class Tally implements Counter {
        private int value;

        @Override
        public int add(int amount) {
            value += amount;
            return value;
        }
    }
}
