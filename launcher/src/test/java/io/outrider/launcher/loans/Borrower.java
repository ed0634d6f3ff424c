package io.outrider.launcher.loans;

import io.outrider.api.Loan;
import io.outrider.contract.Contract;
import io.outrider.engine.CallClient;
import io.outrider.engine.endpoint.Endpoints;
import io.outrider.stub.ObjectRef;
import io.outrider.stub.StubFactory;
import java.util.ArrayList;
import java.util.List;

/** In a worker: attaches to another one, holds loans of it and leaves some there, until it is killed. */
final class Borrower {
    private static final List<Loan> HELD = new ArrayList<>(); // not dropped

    private Borrower() {}

    /** Holds {@code count} loans of the other worker's memory, and leaves as many of its own in the other worker. */
    static int borrow(String address, long objectId, int count, int bytes) {
        Contract<Bench> contract = Contract.of(Bench.class);
        CallClient client = Endpoints.ofProcess().at(address).client();
        Bench bench = StubFactory.of(contract).newStub(client, new ObjectRef(address, 0, objectId, contract));
        bench.rememberArena();
        for (int i = 0; i < count; i++) {
            HELD.add(bench.make(bytes, i));
            bench.keep(client.arena().loan(bytes));
        }
        return count;
    }
}
